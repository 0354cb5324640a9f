"""A case night by night in a browser. The portal is served here: the test sets its clock."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from portal.cases.words import Assigned, Decided, PartyAdded, Received, Reopened, Suspended
from tests.pages.conftest import set_up, settings_for
from tests.pages.test_estimate_nights import BEGIN, SAID, VIEWS, Travel
from tests.rooms.estimates.office import AREA, UNIT, history, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

UNFOLD = ("Hvad bygger skønnet på?", "Hvor ved vi det fra?", "What is the estimate based on?")


@pytest.fixture
def travel(
    sqlite_url: str, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Travel]:
    stage = set_up(settings_for(sqlite_url, tmp_path, key_file))
    put(stage.engine, history())
    yield Travel(stage, monkeypatch)
    stage.engine.dispose()


@pytest.fixture
def address(travel: Travel) -> Iterator[str]:
    server = make_server("localhost", 0, travel.stage.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join(5)
    server.server_close()


def looked_at(browser: Browser, travel: Travel, address: str, place: int) -> Page:
    """The page of the case, as Amalie sees it this morning in one of the views."""
    client = travel.stage.signed_in("amalie")
    kept = client.get_cookie("indblik")
    assert kept is not None
    context = browser.new_context(viewport={"width": 320, "height": 800})
    context.add_cookies([{"name": "indblik", "value": kept.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sager/{travel.case}?visning={VIEWS[place]}")
    return page


def shows(page: Page, place: int, *keys: str, never: tuple[str, ...] = ()) -> None:
    body = page.locator("main")
    for key in keys:
        expect(body).to_contain_text(SAID[key][place])
    for key in never:
        expect(body).not_to_contain_text(SAID[key][place])
    page.context.close()


def in_each_view(
    browser: Browser, travel: Travel, address: str, *keys: str, never: tuple[str, ...] = ()
) -> None:
    for place in range(len(VIEWS)):
        shows(looked_at(browser, travel, address, place), place, *keys, never=never)


def unfolds(browser: Browser, travel: Travel, address: str) -> None:
    """The dots are drawn and have a name; the basis is there for whoever asks."""
    for place in range(len(VIEWS)):
        page = looked_at(browser, travel, address, place)
        dots = page.get_by_role("img", name=SAID["dots"][place])
        expect(dots).to_be_visible()
        expect(dots.locator(".dot-filled")).to_have_count(8)
        basis = page.get_by_text(SAID["basis"][place])
        expect(basis).to_be_hidden()
        page.get_by_text(UNFOLD[place]).click()
        expect(basis).to_be_visible()
        page.context.close()


def test_each_night_the_page_says_the_right_thing(
    browser: Browser, travel: Travel, address: str
) -> None:
    seen = browser, travel, address
    party = PartyAdded(person=travel.stage.persons["amalie"], role="complainant")
    travel.tell(BEGIN, party, Received(number="25-1", area=AREA, authority=UNIT))
    travel.night(BEGIN)
    in_each_view(*seen, "range", "met", never=("late", "not_yet"))
    unfolds(*seen)
    travel.tell(BEGIN + timedelta(3), Assigned(office="Kontor"))
    travel.night(BEGIN + timedelta(3))
    in_each_view(*seen, "range", "stage")
    last = travel.ledger()[-1].last
    assert last
    travel.night(last)
    in_each_view(*seen, "late", "missed", "range")
    travel.tell(last + timedelta(2), Suspended(reason="court_case"))
    travel.night(last + timedelta(2))
    in_each_view(*seen, "paused", never=("range", "late"))
    travel.tell(last + timedelta(9), Decided(outcome="upheld"))
    travel.night(last + timedelta(9))
    travel.tell(last + timedelta(30), Reopened())
    travel.night(last + timedelta(30))
    in_each_view(*seen, "range", "reopened", never=("late",))
    told = [(row.move, row.reason) for row in travel.ledger()]
    assert (told[0], told[-1]) == (("first", None), ("reopened", None))
    assert {("withheld", "suspended"), ("withheld", "ended")} < set(told)
    assert [row.held for row in travel.ledger() if row.first][1] is False
