"""What stands on whole pages: names, last days, long lists, and who is silent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from portal.cli.demo.people import citizens

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


def page(stage: Stage, person: str, number: str, rest: str = "") -> str:
    return stage.signed_in(person).get(f"/sager/{stage.cases[number]}{rest}").text


def test_a_calendar_names_the_case_and_nothing_of_what_is_asked(stage: Stage) -> None:
    answer = stage.signed_in("yusuf").get(f"/sager/{stage.cases['26-10301']}/kalender.ics")
    titles = [str(event["summary"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]
    assert titles == ["Frist i sag 26-10301 (Ankestyrelsen)"]
    assert "læge" not in answer.text
    cpr = citizens()["yusuf"].cpr
    assert cpr not in answer.text
    assert f"{cpr[:6]}-{cpr[6:]}" not in answer.text


@pytest.mark.parametrize(
    ("person", "number", "last_days"),
    [("sigrid", "26-10701", True), ("aputsiaq", "26-10805", True), ("amalie", "26-10101", False)],
)
def test_a_page_leads_to_the_calendar_where_a_day_is_still_to_come(
    stage: Stage, person: str, number: str, *, last_days: bool
) -> None:
    assert ("/kalender.ics" in page(stage, person, number)) is last_days
    assert "/kalender.ics" not in page(stage, person, number, "/udskrift")


def test_the_new_decision_has_a_last_day_in_the_calendar(stage: Stage) -> None:
    answer = stage.signed_in("aputsiaq").get(f"/sager/{stage.cases['26-10805']}/kalender.ics")
    titles = {str(event["summary"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert titles == {
        "Frist for ny klage, sag 26-10805 (Ankestyrelsen)",
        "Frist hos Folketingets Ombudsmand, sag 26-10805 (Ankestyrelsen)",
    }


def test_names_stand_apart_from_the_sentence(stage: Stage) -> None:
    assert '<bdi lang="da">Odder Kommune</bdi>' in page(stage, "bjorn", "26-10201")
    assert "<bdi>Odder Kommune</bdi>" in page(stage, "bjorn", "26-10201")
    assert "<bdi>Odder Kommune</bdi>" in stage.signed_in("bjorn").get("/sager").text


def test_the_silent_system_is_named(stage: Stage) -> None:
    assert "Adoptionsnævnets sagssystem (opdigtet)</bdi>" in page(stage, "ingeborg", "26-11204")


def test_who_decides_is_said_on_the_list_and_on_the_page(stage: Stage) -> None:
    told = page(stage, "ingeborg", "26-11204")
    assert "Det er Adoptionsnævnet, der afgør sagen." in told
    assert "Adoptionsnævnet afgør sagen." in stage.signed_in("ingeborg").get("/sager").text


def test_a_case_closed_by_the_authority_says_so(stage: Stage) -> None:
    told = page(stage, "leyla", "26-10902")
    assert "lukkede vi" not in told
    assert "Næstved Kommune</bdi> klagesagen" in told


def test_a_reopened_case_shows_the_earlier_decision(stage: Stage) -> None:
    told = page(stage, "runi", "26-11003")
    assert "Tidligere afgørelse" in told
    assert "Dengang ændrede vi ikke myndighedens afgørelse." in told


def test_many_events_come_in_pages_and_none_is_left_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = re.findall(r"<code.*?</code>", page(stage, "oksana", "26-10503", "/haendelser"))
    monkeypatch.setattr("portal.pages.citizen.cases.EVENTS_A_PAGE", 3)
    found: list[str] = []
    for number in (1, 2, 3):
        told = page(stage, "oksana", "26-10503", f"/haendelser?side={number}")
        assert f"Side {number} af 3." in told
        found += re.findall(r"<code.*?</code>", told)
    assert found == whole
    assert len(whole) > 6


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_the_hours_are_one_sentence_in_their_own_language(stage: Stage, view: str) -> None:
    for path in ("/nowhere", "/", "/tilgaengelighed"):
        told = stage.nobody().get(f"{path}?visning={view}").text
        main = told.partition("<main")[2].partition("</main>")[0]
        assert re.search(
            r"\w <span lang=\"da\" dir=\"ltr\">mandag–torsdag kl. 9–15</span>\.", main
        ), path


def test_the_statement_says_how_to_write_without_mitid(stage: Stage) -> None:
    told = stage.nobody().get("/tilgaengelighed").text
    assert "Ankestyrelsen, 7998 Statsservice" in told
    assert "mailto:" not in told
    assert "oplever-du-ikke-tilgaengeligt-indhold" in told
