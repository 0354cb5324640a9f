"""By keyboard alone, from the front page to signing out; and words that explain themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import opened, signed_in
from tests.journeys.pages import name_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.journeys.conftest import Demo

FAR = 60  # presses of Tab: further away than anybody goes


def at(page: Page) -> Locator:
    """What has the focus."""
    return page.locator(":focus")


def walk_to(page: Page, name: str) -> None:
    """Press Tab until what is so named has the focus. At each step the focus must be visible."""
    for _step in range(FAR):
        page.keyboard.press("Tab")
        focused = at(page)
        if focused.count() == 0:
            continue  # the browser's own window is on the way round
        box = focused.bounding_box()
        assert box is not None
        assert box["width"] > 1
        assert box["height"] > 1
        expect(focused).to_be_in_viewport()
        assert is_marked(focused), focused.inner_text()
        if name in focused.inner_text():
            return
    pytest.fail(f"{name} was not reached by Tab")


def is_marked(focused: Locator) -> bool:
    """Whether it has an outline; a card's link has it around the whole card."""
    shown = focused.evaluate(
        """it => [null, '::after'].some(part => { const s = getComputedStyle(it, part);
        return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; })"""
    )
    return bool(shown)


@pytest.mark.parametrize("width", [1280, 320])
def test_sign_in_case_and_out_by_keyboard(browser: Browser, demo: Demo, width: int) -> None:
    context = opened(browser, width, "da")
    page = context.new_page()
    page.goto(demo.address + "/")
    walk_to(page, "Log ind")
    page.keyboard.press("Enter")
    page.wait_for_url("**/log-ind")
    walk_on(page, "main button.button-primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.simulator}/**")
    choose_by_keyboard(page, name_of("sigrid"))
    page.wait_for_url("**/sager")
    walk_to(page, "kontanthjælp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sager/*")
    term_by_keyboard(page)
    walk_to(page, "Log af")  # on through the page, and round to its head
    page.keyboard.press("Enter")
    page.wait_for_url("**/logget-ud")
    page.goto(demo.address + "/sager")
    assert "/log-ind?next=" in page.url
    context.close()


def walk_on(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _step in range(FAR):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"{selector} was not reached by Tab")


def choose_by_keyboard(page: Page, name: str) -> None:
    for _step in range(FAR):
        page.keyboard.press("Tab")
        if at(page).count() and name in at(page).inner_text():
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{name} was not reached by Tab")


def term_by_keyboard(page: Page) -> None:
    """Open the explanation of a word with Enter, close it with Esc, and be where one was."""
    walk_on(page, "main button.term")
    note = page.locator(f"#{at(page).get_attribute('popovertarget')}")
    expect(note).to_be_hidden()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    assert page.locator("main button.term:focus").count() == 1


@pytest.mark.parametrize("width", [1280, 320])
def test_sign_in_case_and_out_without_scripts(browser: Browser, demo: Demo, width: int) -> None:
    context = opened(browser, width, "da", scripts=False)
    page = context.new_page()
    page.goto(demo.address + "/")
    press(page, "main a.button")
    press(page, "main button.button-primary")
    page.wait_for_url(f"{demo.simulator}/**")
    press(page, f"button:has-text('{name_of('sigrid')}')")
    page.wait_for_url("**/sager")
    press(page, "h3 a:has-text('kontanthjælp')")
    page.wait_for_url("**/sager/*")
    term = page.locator("main button.term").first
    note = page.locator(f"#{term.get_attribute('popovertarget')}")
    term.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    press(page, ".account button")
    page.wait_for_url("**/logget-ud")
    context.close()


def press(page: Page, selector: str) -> None:
    """Go there by Tab, and press Enter. What has the focus can be told without scripts too."""
    walk_on(page, selector)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_term_opens_by_touch(browser: Browser, demo: Demo, *, scripts: bool) -> None:
    context = opened(browser, 320, "da", scripts=scripts, has_touch=True,
                     kept=signed_in(demo, name_of("sigrid")))  # fmt: skip
    page = context.new_page()
    page.goto(demo.address + demo.case("26-10701"))
    term = page.locator("main button.term").first
    note = page.locator(f"#{term.get_attribute('popovertarget')}")
    term.tap()
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    note.locator("button.term-close").tap()
    expect(note).to_be_hidden()
    context.close()
