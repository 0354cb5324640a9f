"""Dark, forced colours, little motion, paper: other ways in which the same pages are seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.conftest import opened, signed_in
from tests.journeys.pages import name_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.conftest import Demo
    from tests.servers.checkers import Axe

PATHS = (("sigrid", "26-10708"), ("yusuf", "26-10302"), ("oksana", "26-10503"))
MODES: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "dark-forced": {"color_scheme": "dark", "forced_colors": "active"},
    "forced": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
}


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_in_any_mode(browser: Browser, demo: Demo, axe: Axe, mode: str) -> None:
    for who, number in PATHS:
        kept = signed_in(demo, name_of(who))
        context = opened(browser, 1280, "da", kept=kept, **MODES[mode])
        page = context.new_page()
        for path in ("/sager", demo.case(number), "/ord", "/log-ind", "/findes-ikke"):
            page.goto(demo.address + path)
            assert axe(page) == [], path
        context.close()


def test_paper_shows_the_case_and_no_controls(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 800, "da", kept=signed_in(demo, name_of("sigrid")))
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(demo.address + demo.case("26-10708", "/udskrift"))
    assert page.locator("h1").is_visible()
    assert not page.get_by_text("Log af").is_visible()
    assert page.locator("main details").count() == 0
    assert not page.get_by_text("English").first.is_visible()
    context.close()


def test_nothing_moves_for_those_who_want_it_still(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 1280, "da", reduced_motion="reduce")
    page = context.new_page()
    page.goto(demo.address + "/")
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(it => { const s = getComputedStyle(it);
        return parseFloat(s.transitionDuration) > 0.01 || parseFloat(s.animationDuration) > 0.01
        }).map(it => it.outerHTML.slice(0, 60))"""
    )
    assert moving == []
    context.close()
