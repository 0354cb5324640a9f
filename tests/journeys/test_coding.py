"""Coding by keyboard: fifty texts, with at most three presses of a key for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import opened, signed_in
from tests.journeys.pages import name_of
from tests.journeys.test_keyboard import walk_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Demo

TEXTS, MOST = 50, 3
PROGRESS = re.compile(r"Du har kodet (\d+) tekster\. (\d+) venter på dig\.")


def progress(page: Page) -> tuple[int, int]:
    """How many texts this coder has coded, and how many wait."""
    found = PROGRESS.search(page.locator("main").inner_text())
    assert found is not None
    return int(found[1]), int(found[2])


def coder(browser: Browser, demo: Demo, *, scripts: bool) -> Page:
    """A coder who has gone to the first text by keyboard."""
    kept = signed_in(demo, name_of("koder"), staff=True)
    page = opened(browser, 1280, "da", scripts=scripts, kept=kept).new_page()
    page.goto(f"{demo.address}/medarbejder")
    walk_to(page, "Kod tekster")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kodning")
    return page


def test_fifty_texts_by_keys(browser: Browser, demo: Demo) -> None:
    page = coder(browser, demo, scripts=True)
    coded, waiting = progress(page)
    assert waiting >= TEXTS
    walk_to(page, "Gå til formularen")
    page.keyboard.press("Enter")
    for place in range(TEXTS):
        asked = page.url
        keys = ("3", "Enter") if place % 2 else ("1", "5", "Enter")
        assert len(keys) <= MOST
        for key in keys[:-1]:
            page.keyboard.press(key)
        assert page.locator("input[name=themes]:checked").count() == len(keys) - 1
        with page.expect_navigation():
            page.keyboard.press(keys[-1])
        assert page.url != asked or place > 0
        expect(page.locator("#kodning")).to_be_focused()
    assert progress(page) == (coded + TEXTS, waiting - TEXTS)
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_one_text_by_the_form_alone(browser: Browser, demo: Demo, *, scripts: bool) -> None:
    page = coder(browser, demo, scripts=scripts)
    coded, waiting = progress(page)
    box = page.locator("input[name=themes]").first
    while not box.evaluate("it => it === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    page.keyboard.press("Enter")  # as in every form
    expect(page.locator("main")).to_contain_text(f"Du har kodet {coded + 1} tekster.")
    assert progress(page) == (coded + 1, waiting - 1)
    page.context.close()
