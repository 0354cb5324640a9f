"""What a reader has chosen, in a real browser: seen, measured, and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import opened
from tests.journeys.test_every_page import overflow

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Demo
    from tests.servers.checkers import Axe

# A voice that the browser here does not have: it says each text at once and keeps what it said.
VOICE = """
window.said = [];
const voices = [{lang: "da-DK", localService: LOCAL, name: "Invented"}];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices, addEventListener: () => {}, speaking: false, pending: false,
  speak(one) {
    said.push(one.text);
    window.goOn = () => setTimeout(() => one.onend(), 0);
    if (said.length > 1) goOn();
  },
  pause() {}, resume() {}, cancel() {},
}});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def choose(page: Page, demo: Demo, **chosen: str) -> None:
    page.goto(f"{demo.address}/laesning")
    for name, value in chosen.items():
        page.locator(f"input[name={name}][value='{value}'] + label").click()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/laesning?gemt=ja")


@pytest.mark.parametrize("scripts", [True, False])
def test_larger_text_with_room_fits_a_small_window(
    browser: Browser, demo: Demo, *, scripts: bool
) -> None:
    context = opened(browser, 320, "da", scripts=scripts)
    page = context.new_page()
    choose(page, demo, size="200", room="wide", lines="short")
    page.goto(f"{demo.address}/ord")
    if scripts:
        assert overflow(page) <= 0
        size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
        assert page.evaluate(size) >= 32
        room = "parseFloat(getComputedStyle(document.querySelector('main p')).letterSpacing)"
        assert page.evaluate(room) >= 3.8
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 320
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark", "strong"])
def test_axe_finds_nothing_in_any_colours(
    browser: Browser, demo: Demo, axe: Axe, colours: str
) -> None:
    for device in ("light", "dark"):
        context = opened(browser, 1280, "da", color_scheme=device)
        page = context.new_page()
        choose(page, demo, colours=colours, voice="on")
        for path in ("/laesning", "/", "/ord", "/log-ind", "/findes-ikke"):
            page.goto(demo.address + path)
            assert axe(page) == [], (device, path)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(0, 0, 0)") is (colours == "strong")
        context.close()


def test_the_page_is_read_aloud_in_its_order(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 1280, "da")
    context.add_init_script(VOICE.replace("LOCAL", "true"))
    page = context.new_page()
    choose(page, demo, voice="on")
    page.goto(f"{demo.address}/cookies")
    page.get_by_role("button", name="Læs siden højt").press("Enter")
    expect(page.get_by_role("button", name="Læs siden højt")).to_be_hidden()
    expect(page.locator("h1.aloud-now")).to_have_count(1)
    page.evaluate("goOn()")  # until then the voice is at the first block
    expect(page.locator(".aloud-now")).to_have_count(0)
    said = page.evaluate("said")
    assert len(said) > 10
    assert said[0] == page.locator("h1").inner_text()
    assert len(said) == len(set(said)) or said.count(said[0]) == 1
    assert page.get_by_role("button", name="Læs siden højt").is_visible()
    context.close()


@pytest.mark.parametrize("path", ["/cookies", "/ord"])
def test_a_voice_that_sends_the_text_away_is_not_used(
    browser: Browser, demo: Demo, path: str
) -> None:
    context = opened(browser, 1280, "da")
    context.add_init_script(VOICE.replace("LOCAL", "false"))
    page = context.new_page()
    choose(page, demo, voice="on")
    page.goto(demo.address + path)
    assert page.get_by_text("har ingen stemme på dette sprog").is_visible()
    assert not page.get_by_role("button", name="Læs siden højt").is_visible()
    assert page.evaluate("said") == []
    context.close()
