"""The log as data protection reads it: each look-up is written down before it is answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from portal import clock
from portal.audit.actions import record
from portal.audit.rules.unusual import Seen, at_night, many_at_once, unusual
from portal.audit.words import Act, Actor, Entry, Search, Sought, Unusual
from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage, Told

ADDRESS = "/medarbejder/adgangslog"
AT_WORK = datetime(2026, 11, 23, 10, tzinfo=UTC)  # a Monday
ME, OTHER = UUID(int=1), UUID(int=2)
CPR = "610289-0102"


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT_WORK)


def look_up(stage: Stage, **fields: object) -> tuple[TestResponse, list[Told]]:
    """What data protection is answered, and what was written down."""
    client = stage.signed_in("databeskytter")
    data = {"csrf_token": token_in(client.get(ADDRESS).text), "reason": "asked", **fields}
    with stage.audited() as written:
        answer = client.post(ADDRESS, data=data)
    return answer, written


def test_a_case_is_looked_up_by_its_number(own_stage: Stage, at_work: None) -> None:
    case = own_stage.cases["26-10303"]
    own_stage.signed_in("thi").get(f"/sager/{case}")
    answer, written = look_up(own_stage, what="case", sought=" 26-10303 ")
    assert answer.status_code == 200
    (line,) = written
    assert (line.act, line.case, line.why) == ("log.searched", case, "asked:case")
    assert own_stage.account("thi") in answer.text
    assert "26-10303" in answer.text
    assert "case: viewed" in answer.text
    told = own_stage.signed_in("yusuf").get(f"/sager/{case}/indsigt").text
    assert "En medarbejder i Ankestyrelsen" in told
    assert "Grund: En borger har spurgt" in told
    assert own_stage.account("databeskytter") not in told


def test_what_one_person_has_done_needs_a_reason_in_writing(
    own_stage: Stage, at_work: None
) -> None:
    account = own_stage.account("thi")
    answer, written = look_up(own_stage, what="account", sought=account)
    assert answer.status_code == 422
    assert [one.act for one in written] == ["log.viewed"]
    assert "Det handler om, hvad én person har gjort." in answer.text
    assert f'value="{account}"' in answer.text  # what was typed stays
    answer, written = look_up(own_stage, what="account", sought=account, text="Sag 12 om opslag")
    assert answer.status_code == 200
    assert [(one.act, one.why, one.case) for one in written] == [
        ("log.reasoned", "Sag 12 om opslag", None),
        ("log.searched", f"asked:account:{account}", None),
    ]


def test_a_day_is_looked_up_page_by_page(own_stage: Stage, at_work: None) -> None:
    for number in range(60):
        entry = Entry(AT_WORK - timedelta(minutes=number), Act.CODES_VIEWED, Actor.STAFF, OTHER)
        with own_stage.engine.begin() as connection:
            record(connection, entry)
    first, _ = look_up(own_stage, what="day", sought="2026-11-23")
    assert "Side 1 af 2." in first.text
    assert 'name="side" value="2"' in first.text
    last, _ = look_up(own_stage, what="day", sought="2026-11-23", side="2")
    assert "Side 2 af 2." in last.text
    beyond, _ = look_up(own_stage, what="day", sought="2026-11-23", side="77")
    assert "Side 2 af 2." in beyond.text


def test_old_days_and_closed_offices_need_a_reason(
    own_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT_WORK.replace(hour=22))
    answer, _ = look_up(own_stage, what="day", sought="2026-01-05")
    assert answer.status_code == 422
    assert "mere end 31 dage" in answer.text
    assert "uden for normal arbejdstid" in answer.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Vælg, hvad du vil slå op."),
        ({"what": "all", "sought": "x"}, "Vælg, hvad du vil slå op."),
        ({"what": "case"}, "Skriv det, du vil slå op."),
        ({"what": "case", "sought": "x" * 101}, "Teksten er for lang."),
        ({"what": "case", "sought": CPR}, "cpr-nummer"),
        ({"what": "case", "sought": "26-10101", "text": f"se {CPR}"}, "cpr-nummer"),
        ({"what": "case", "sought": "26-10101", "text": "\x00"}, "som vi ikke kan bruge"),
        ({"what": "case", "sought": "26-10101", "reason": "curious"}, "Vælg en grund."),
        ({"what": "account", "sought": "26-10101"}, "36 tegn"),
        ({"what": "day", "sought": "2026-13-01"}, "år-måned-dag"),
        ({"what": "day", "sought": "i går"}, "år-måned-dag"),
    ],
)
def test_what_cannot_be_looked_up_is_said_and_nothing_is_read(
    own_stage: Stage, at_work: None, fields: dict[str, str], said: str
) -> None:
    answer, written = look_up(own_stage, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert [(one.act, one.why) for one in written] == [("log.viewed", None)]


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_a_case_that_is_none_is_looked_up_all_the_same(
    own_stage: Stage, at_work: None, view: str
) -> None:
    client = own_stage.signed_in("databeskytter")
    token = token_in(client.get(f"{ADDRESS}?visning={view}").text)
    fields = {"csrf_token": token, "what": "case", "sought": "26-0", "reason": "control"}
    with own_stage.audited() as written:
        answer = client.post(f"{ADDRESS}?visning={view}", data=fields)
    assert answer.status_code == 200
    assert ": 0</h2>" in answer.text
    assert [(one.act, one.case, one.why) for one in written] == [
        ("log.searched", None, "control:case")
    ]


def test_what_stands_out_is_shown_on_its_own(own_stage: Stage, at_work: None) -> None:
    cases = list(own_stage.cases.values())
    with own_stage.engine.begin() as connection:
        for number in range(12):
            at = AT_WORK - timedelta(days=1, minutes=number)
            record(connection, Entry(at, Act.CASE_VIEWED, Actor.CITIZEN, ME, case=cases[number]))
        for number in range(4):
            at = AT_WORK - timedelta(days=1, minutes=number)
            record(connection, Entry(at, Act.PAGE_REFUSED, Actor.STAFF, OTHER, why="not_for_you"))
        night = AT_WORK.replace(hour=1)
        record(connection, Entry(night, Act.CODES_VIEWED, Actor.STAFF, OTHER))
    page = own_stage.signed_in("databeskytter").get(ADDRESS).text
    assert page.count(str(ME)) == 1
    assert page.count(str(OTHER)) == 2
    for said in ("Afvist flere gange", "Medarbejder om natten", "Mange sager på en time"):
        assert said in page


# --- The rules by themselves.

CASE_SEARCH = Search(Sought.CASE, (ME,))


@pytest.mark.parametrize(
    ("search", "now", "before", "found"),
    [
        (CASE_SEARCH, AT_WORK, 0, []),
        (CASE_SEARCH, AT_WORK, 19, []),
        (CASE_SEARCH, AT_WORK, 20, [Unusual.MANY]),
        (CASE_SEARCH, AT_WORK.replace(hour=5, minute=59), 0, [Unusual.HOURS]),
        (CASE_SEARCH, AT_WORK.replace(hour=6), 0, []),  # seven in Copenhagen
        (CASE_SEARCH, AT_WORK.replace(hour=17), 0, [Unusual.HOURS]),
        (CASE_SEARCH, AT_WORK - timedelta(days=1), 0, [Unusual.HOURS]),  # a Sunday
        (Search(Sought.ACCOUNT, account=OTHER), AT_WORK, 0, [Unusual.ACCOUNT]),
        (Search(Sought.ACCOUNT, account=ME), AT_WORK, 0, [Unusual.OWN]),
        (Search(Sought.DAY, day=(AT_WORK - timedelta(days=31)).date()), AT_WORK, 0, []),
        (Search(Sought.DAY, day=(AT_WORK - timedelta(days=32)).date()), AT_WORK, 0,
         [Unusual.OLD]),
    ],
)  # fmt: skip
def test_what_is_unusual(search: Search, now: datetime, before: int, found: list[Unusual]) -> None:
    assert unusual(search, ME, now, before) == found


def each(minutes: int) -> list[Seen]:
    """Another case every so many minutes."""
    moments = (AT_WORK + timedelta(minutes=minutes * number) for number in range(30))
    return [Seen(at, "citizen", ME, UUID(int=number)) for number, at in enumerate(moments)]


def test_an_hour_slides() -> None:
    assert many_at_once(each(7)) == []  # nine within each hour
    (one,) = many_at_once(each(6))
    assert (one.count, one.at) == (11, AT_WORK)
    again = [Seen(AT_WORK, "citizen", ME, UUID(int=7))] * 30
    assert many_at_once(again) == []


def test_nights_are_counted_by_account() -> None:
    night = AT_WORK.replace(hour=22)
    seen = [Seen(night, "staff", ME), Seen(AT_WORK, "staff", ME), Seen(night, "staff", OTHER),
            Seen(night + timedelta(minutes=1), "staff", OTHER)]  # fmt: skip
    assert [(one.account, one.count) for one in at_night(seen)] == [(OTHER, 2), (ME, 1)]
