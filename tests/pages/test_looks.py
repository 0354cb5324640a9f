"""Who has opened a case, as it is shown: the reader's own looks of one visit are one line."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import record
from portal.audit.queries import views_of
from portal.audit.words import Act, Actor, Entry
from portal.pages.citizen.looks import looks_of
from tests.pages.access_table import PARTS

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

ME, OTHER = UUID(int=1), UUID(int=2)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def entry(minutes_ago: int, account: UUID = ME) -> Entry:
    at = NOW - timedelta(minutes=minutes_ago)
    return Entry(at, Act.CASE_VIEWED, Actor.CITIZEN, account, "complainant", None)


def told(*entries: Entry) -> list[tuple[int, bool, int]]:
    """Of each line how many minutes ago it was, whether it is the reader's, how many looks."""
    return [
        (int((NOW - look.at).total_seconds()) // 60, look.mine, look.times)
        for look in looks_of(entries, ME)
    ]


def test_own_looks_within_half_an_hour_are_one_line() -> None:
    assert told(entry(0), entry(1), entry(30), entry(31)) == [(0, True, 3), (31, True, 1)]


def test_each_look_of_somebody_else_stays() -> None:
    assert told(entry(0, OTHER), entry(1, OTHER)) == [(0, False, 1), (1, False, 1)]


def test_somebody_else_in_between_divides_no_visit() -> None:
    assert told(entry(0), entry(1, OTHER), entry(2)) == [(0, True, 2), (1, False, 1)]


def test_nobody_has_looked() -> None:
    assert told() == []


def test_a_print_and_the_events_are_no_lines_of_their_own(own_stage: Stage) -> None:
    client, case = own_stage.signed_in("bjorn"), own_stage.cases["26-10201"]
    with own_stage.audited() as written:
        for page in ("", "/udskrift", "/haendelser"):
            assert client.get(f"/sager/{case}{page}").status_code == 200
        page = client.get(f"/sager/{case}/indsigt").text
    assert len(written) == 4  # the log keeps all
    assert page.count("Du, 4 gange") == page.count("</time>") == 1
    assert 'class="pager"' not in page


def test_two_cases_are_two_visits() -> None:
    one, other = entry(0), replace(entry(1), case=OTHER)
    assert told(one, other, entry(2)) == [(0, True, 2), (1, True, 1)]


@pytest.mark.parametrize(
    ("looked", "what", "why"),
    [
        (replace(entry(0), page="citizen.case_print"), "case_print", "complainant"),
        (replace(entry(0), page="citizen.new", role="friend"), "other", "unknown"),
        (replace(entry(0), act=Act.CASE_LISTED, actor=Actor.MACHINE), "listed", "machine"),
        (replace(entry(0), act=Act.LOG_SEARCHED, actor=Actor.STAFF, why="asked: Ib vil vide det"),
         "searched", "asked"),
        (replace(entry(0), act=Act.LOG_SEARCHED, actor=Actor.STAFF, why=None), "searched",
         "unknown"),
    ],
)  # fmt: skip
def test_each_look_has_a_reason(looked: Entry, what: str, why: str) -> None:
    (look,) = looks_of([looked], OTHER)
    assert (look.what, look.why) == (what, why)


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_somebody_elses_look_is_told_with_its_reason(own_stage: Stage, view: str) -> None:
    case = own_stage.cases["26-10303"]
    own_stage.signed_in("thi").get(f"/sager/{case}/udskrift")
    client = own_stage.signed_in("yusuf")
    page = client.get(f"/sager/{case}/indsigt?visning={view}").text
    whole = client.get(f"/sager/indsigt?visning={view}").text
    said = {"da": "Grund: Personen repræsenterer", "da-simple": "Hvorfor? Personen hjælper",
            "en": "Reason: The person represents"}  # fmt: skip
    for shown in (page, whole):
        assert said[view] in shown
        assert "Nguyen" not in shown  # no names


def test_what_staff_write_beside_a_reason_is_told_to_nobody(own_stage: Stage) -> None:
    case = own_stage.cases["26-10201"]
    entry_ = Entry(clock.now(), Act.LOG_SEARCHED, Actor.STAFF, OTHER, "data_protection", case,
                   "staff.access_log", "incident: Ib Opdigt har kigget")  # fmt: skip
    with own_stage.engine.begin() as connection:
        record(connection, entry_)
    page = own_stage.signed_in("bjorn").get(f"/sager/{case}/indsigt").text
    assert "om noget er gået galt med sikkerheden" in page
    assert "Opdigt har" not in page


def test_who_has_no_case_has_no_looks(own_stage: Stage) -> None:
    assert "Ingen har åbnet" in own_stage.signed_in("noor").get("/sager/indsigt").text


def test_older_looks_are_on_further_pages(
    own_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("cases", "looks"):
        monkeypatch.setattr(f"portal.pages.citizen.{module}.A_PAGE", 2)
    case = own_stage.cases["26-10303"]
    helper, client = own_stage.signed_in("thi"), own_stage.signed_in("yusuf")
    for _ in range(5):
        helper.get(f"/sager/{case}")
    for address in (f"/sager/{case}/indsigt", "/sager/indsigt"):
        assert "Side 3 af " in client.get(f"{address}?side=3").text
        assert re.search(r"Side (\d+) af \1\.", client.get(f"{address}?side=99").text)
        assert "Side 1 af " in client.get(f"{address}?side=x").text


SOON = 5  # seconds until a look is told


@pytest.mark.parametrize("page", ["", "/udskrift", "/kalender.ics", "/indsigt", "/haendelser"])
def test_every_view_is_told_at_once(own_stage: Stage, page: str) -> None:
    """Whoever has a part looks, on every page there is; the others read of it."""
    for number, parts in PARTS.items():
        for one in parts:
            for other in set(parts) - {one}:
                case, began = own_stage.cases[number], time.monotonic()
                with own_stage.audited() as written:
                    own_stage.signed_in(one).get(f"/sager/{case}{page}")
                (look,) = written
                told_of = own_stage.signed_in(other).get(f"/sager/{case}/indsigt").text
                with Session(own_stage.engine) as session:
                    newest = views_of(session, [case], 1, 2).entries[1]
                assert time.monotonic() - began < SOON
                assert str(newest.account) == own_stage.account(one)
                assert newest.at.isoformat(timespec="seconds") in told_of
                assert f"case.views.role.{look.role}" not in told_of
