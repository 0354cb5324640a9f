"""Ten whole ways by keyboard alone, in every view, with and without scripts.

Nobody gets caught, and nobody needs more than 1.3 times the steps of a mouse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.i18n import VIEWS
from tests.access.journeys.going import MORE, gone
from tests.access.journeys.ways import WAYS, WHO
from tests.journeys.conftest import signed_in
from tests.journeys.pages import name_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.conftest import Demo

ALWAYS = {("a_word", True), ("volunteering", False)}  # also in `make test`, in two views
FEW = tuple(key for key in ("da", "ar") if key in VIEWS)


def _check(
    browser: Browser,
    demo: Demo,
    way: str,
    views: tuple[str, ...],
    *,
    scripts: bool,
    fresh: bool = False,
) -> None:
    kept = signed_in(demo, name_of(WHO))
    mouse = gone(browser, demo, way, "da", "mouse", scripts=scripts, kept=kept, fresh=fresh)
    assert not mouse.fault
    went = [gone(browser, demo, way, view, "keyboard", scripts=scripts, kept=kept, fresh=fresh)
            for view in views]  # fmt: skip
    assert {one.view: one.fault for one in went if one.fault} == {}
    slow = {one.view: one.steps for one in went if one.steps > MORE * mouse.steps}
    assert slow == {}, f"the mouse needs {mouse.steps}"


@pytest.mark.access
@pytest.mark.parametrize("scripts", [True, False], ids=["with", "without"])
@pytest.mark.parametrize("way", WAYS)
def test_a_way_by_keyboard_alone(browser: Browser, demo: Demo, way: str, *, scripts: bool) -> None:
    _check(browser, demo, way, tuple(VIEWS), scripts=scripts)


@pytest.mark.parametrize(("way", "scripts"), sorted(ALWAYS))
def test_some_of_them_each_time(browser: Browser, demo: Demo, way: str, *, scripts: bool) -> None:
    _check(browser, demo, way, FEW, scripts=scripts, fresh=True)
