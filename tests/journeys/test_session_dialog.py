"""The warning before a session ends, in a real browser and under a shifted clock."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from portal import clock
from portal.pages.kept import page_of
from tests.journeys.conftest import opened, watched
from tests.journeys.test_every_page import overflow
from tests.pages.conftest import set_up, settings_for
from tests.pages.public.conftest import served
from tests.servers.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Watched
    from tests.pages.conftest import Stage
    from tests.servers.checkers import Axe

TITLES = {
    "da": "Du bliver snart logget af",
    "da-simple": "Du bliver snart logget af",
    "en": "You will soon be signed out",
}
STAY = {"da": "Bliv logget ind", "da-simple": "Bliv logget ind", "en": "Stay signed in"}
TYPED = "kim@opfundet.example"
SHOTS = os.environ.get("INDBLIK_SCREENSHOTS")  # a folder, for who wants to look


class Time:
    """The portal's clock and the browser's, moved together."""

    def __init__(self) -> None:
        self.moment = clock.now()

    def pass_(self, page: Page, **waited: float) -> None:
        """Let so much time pass for both."""
        self.moment += timedelta(**waited)
        page.clock.run_for(int(timedelta(**waited).total_seconds() * 1000))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("dialog")
    made = set_up(settings_for(f"sqlite:///{folder / 'stage.db'}", folder, key_file))
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def address(stage: Stage) -> Iterator[str]:
    port = free_port()
    with served(stage.app, port):
        yield f"http://localhost:{port}"


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock, "now", lambda: made.moment)
    return made


@contextmanager
def window(
    browser: Browser, stage: Stage, address: str, view: str = "da", width: int = 1280,
    *, scripts: bool = True, person: str = "amalie",
) -> Iterator[Watched]:  # fmt: skip
    """A window of somebody who has signed in."""
    cookie = stage.signed_in(person).get_cookie("indblik")
    assert cookie is not None
    host = {"domain": "localhost", "path": "/"}
    context = opened(browser, width, view, scripts=scripts)
    context.add_cookies(
        [
            {"name": "indblik", "value": cookie.value, **host},  # type: ignore[typeddict-item]  # as Playwright takes it
            {"name": "visning", "value": view, **host},  # type: ignore[typeddict-item]  # as above
        ]
    )
    seen = watched(context)
    if scripts:
        seen.page.clock.install()
    yield seen
    context.close()


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("view", TITLES)
def test_the_warning_comes_five_minutes_before(
    browser: Browser, stage: Stage, address: str, time: Time, axe: Axe, *, view: str, width: int
) -> None:
    with window(browser, stage, address, view, width) as seen:
        page = seen.page
        page.goto(f"{address}/deltag")
        dialog = page.get_by_role("alertdialog")
        time.pass_(page, minutes=24, seconds=55)
        expect(dialog).to_be_hidden()
        time.pass_(page, seconds=10)
        expect(dialog).to_be_visible()
        expect(dialog).to_have_accessible_name(TITLES[view])
        expect(dialog).to_have_accessible_description(re.compile("5 min.*24"))
        expect(page.get_by_role("button", name=STAY[view])).to_be_focused()
        assert overflow(page) <= 0
        box = dialog.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        shot(page, f"dialog-{view}-{width}")
        assert axe(page) == []
        assert seen.said == []


def test_by_keyboard_alone_it_is_extended_and_nothing_is_lost(
    browser: Browser, stage: Stage, address: str, time: Time
) -> None:
    with window(browser, stage, address) as seen:
        page = seen.page
        page.goto(f"{address}/deltag")
        page.locator("#contact").fill(TYPED)
        time.pass_(page, minutes=26)
        expect(page.get_by_role("alertdialog")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Log af nu")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_role("button", name=STAY["da"])).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alertdialog")).to_be_hidden()
        expect(page.locator("#contact")).to_be_focused()
        expect(page.locator("#contact")).to_have_value(TYPED)
        time.pass_(page, minutes=24)
        expect(page.get_by_role("alertdialog")).to_be_hidden()
        time.pass_(page, minutes=2)
        expect(page.get_by_role("alertdialog")).to_be_visible()
        page.keyboard.press("Escape")  # who presses it is there
        expect(page.get_by_role("alertdialog")).to_be_hidden()
        time.pass_(page, minutes=20)
        assert page.goto(f"{address}/sager").status == 200  # type: ignore[union-attr]  # was asked for
        assert seen.said == []


def test_work_in_another_window_is_work(
    browser: Browser, stage: Stage, address: str, time: Time
) -> None:
    with window(browser, stage, address) as seen:
        page = seen.page
        page.goto(f"{address}/deltag")
        time.pass_(page, minutes=20)
        page.context.request.get(f"{address}/sager")
        time.pass_(page, minutes=6)
        expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_at_the_end_the_page_goes_and_what_was_typed_is_there_after_sign_in(
    browser: Browser, stage: Stage, address: str, time: Time
) -> None:
    with window(browser, stage, address) as seen:
        page = seen.page
        page.goto(f"{address}/deltag")
        page.locator("#contact").fill(TYPED)
        time.pass_(page, minutes=26)
        expect(page.get_by_role("alertdialog")).to_be_visible()
        time.pass_(page, minutes=5)
        page.wait_for_url("**/logget-ud?fordi=tid")
        expect(page.locator("main")).to_contain_text("gemt i 24 timer")
        shot(page, "logget-ud")
        assert TYPED not in page.content()
    with stage.app.test_request_context("/"):
        back = page_of(stage.users["amalie"])
    assert back is not None
    with window(browser, stage, address, width=320) as seen:
        seen.page.goto(address + back)
        expect(seen.page.locator("#contact")).to_have_value(TYPED)
        expect(seen.page.get_by_role("status").first).to_contain_text("Det er ikke sendt")
        assert overflow(seen.page) <= 0
        shot(seen.page, "kept-320")
    with window(browser, stage, address, person="bjorn") as seen:
        seen.page.goto(address + back)
        expect(seen.page.locator("#contact")).to_have_value("")
        assert TYPED not in seen.page.content()


def test_near_the_longest_time_it_says_so_and_can_only_be_closed(
    browser: Browser, stage: Stage, address: str, time: Time
) -> None:
    with window(browser, stage, address) as seen:
        page = seen.page
        page.goto(f"{address}/deltag")
        for _ in range(19):
            time.pass_(page, minutes=24)
            page.reload()
        time.pass_(page, minutes=20)
        expect(page.get_by_role("alertdialog")).to_contain_text("næsten 8 timer")
        expect(page.get_by_role("button", name=STAY["da"])).to_be_hidden()
        shot(page, "dialog-longest")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alertdialog")).to_be_hidden()
        time.pass_(page, minutes=1)
        expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_without_scripts_the_page_says_it_in_words(
    browser: Browser, stage: Stage, address: str, time: Time
) -> None:
    with window(browser, stage, address, width=320, scripts=False) as seen:
        page = seen.page
        page.goto(f"{address}/deltag")
        expect(page.locator(".session-note")).to_contain_text("bliver du logget af kl.")
        expect(page.locator("dialog")).to_be_hidden()
        page.locator("#contact").fill(TYPED)
        shot(page, "note-320")
        time.moment += timedelta(minutes=31)
        page.locator("main form .button-primary").last.click()
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("main")).to_contain_text("Det, du skrev, er gemt")
        shot(page, "sign-in-kept-320")
        assert TYPED not in page.content()
