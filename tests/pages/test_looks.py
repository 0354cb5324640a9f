"""Who has opened a case, as it is shown: the reader's own looks of one visit are one line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from portal.audit.words import Act, Actor, Entry
from portal.pages.citizen.looks import looks_of

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
    assert "Listen går tilbage" not in page
