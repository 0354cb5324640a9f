"""The whole way through the door, page by page; every page in the house style."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal.answers.models import Pooled
from portal.answers.rules.pools import unpacked
from portal.i18n import VIEWS, language
from tests.door.conftest import fields_of

if TYPE_CHECKING:
    from portal.answers.words import Pool
    from tests.door.conftest import Stage

PAGES = 6


def pool(stage: Stage) -> Pool:
    with Session(stage.engine) as session:
        row = session.get(Pooled, "2026-4-work")
        assert row is not None
        return unpacked(row.waiting)


@pytest.mark.parametrize("view", VIEWS)
def test_the_whole_way(stage: Stage, view: str) -> None:
    reader = stage.begins(view)
    assert reader.page.status_code == 200
    answers: dict[str, dict[str, str | list[str]]] = {
        "1": {"outcome": "same", "understood": "high"},
        "2": {"remarks_answered": "not_at_all"},
        "3": {},
        "4": {"trust": "some", "treated_fairly": ""},
        "5": {"went_well": ["time", "contact"], "went_well_text": "Det gik hurtigt."},
        "6": {"could_be_better_text": "Svar på det, jeg skriver."},
    }
    assert reader.goes("1").status_code == 200
    for number, given in answers.items():
        assert f"{number} " in reader.page.text
        following = str(int(number) + 1) if int(number) < PAGES else "tjek"
        assert reader.goes(following, **given).status_code == 200
    assert "Det gik hurtigt." in reader.page.text
    sent = reader.goes("send")
    assert (sent.status_code, sent.location) == (303, f"/tak?visning={view}")
    receipt = reader.client.get(sent.location)
    assert receipt.status_code == 200
    assert f'<html lang="{view}"' in receipt.text
    assert reader.cookies == []
    (ratings,) = pool(stage).ratings
    assert ratings.ratings == {
        "outcome": "same", "understood": "high", "remarks_answered": "not_at_all", "trust": "some",
    }  # fmt: skip
    assert ratings.choices == {"went_well": ("contact", "time")}
    assert ratings.lang == language(VIEWS[view])
    assert {text.question: text.text for text in pool(stage).texts} == {
        "went_well_text": "Det gik hurtigt.",
        "could_be_better_text": "Svar på det, jeg skriver.",
    }


def test_one_goes_back_and_forth_freely(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("1")
    reader.goes("2", trust="high", outcome="better")  # a field of another page is carried too
    reader.goes("6", correct="low")
    reader.goes("5", could_be_better_text="to\r\nlinjer")
    reader.goes("oplysning")
    reader.goes("2")
    kept = dict(fields_of(reader.page.text))
    assert kept["svar-outcome"] == "better"
    assert kept["svar-correct"] == "low"
    assert kept["svar-could_be_better_text"] == "to\nlinjer"


def test_an_answer_can_be_taken_back(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("1")
    reader.goes("2", outcome="better")
    reader.goes("1")
    reader.goes("2", outcome="")
    assert "svar-outcome" not in dict(fields_of(reader.page.text))


@pytest.mark.parametrize("side", ["oplysning", "1", "5", "tjek"])
def test_the_language_changes_and_all_stays(stage: Stage, side: str) -> None:
    reader = stage.begins()
    reader.goes("6")
    reader.goes("tjek", could_be_better_text="Skriv kortere.", could_be_better=["time"])
    reader.goes(side)
    fields = fields_of(reader.page.text)
    page = reader.sends([*fields, ("visning", "en")])
    assert '<html lang="en"' in page.text
    kept = [pair for pair in fields if pair[0] != "visning"]
    assert [pair for pair in fields_of(page.text) if pair[0] != "visning"] == kept


def test_what_will_be_hidden_is_marked(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("6")
    page = reader.goes("tjek", could_be_better_text="Ring til mig på 12345678. Hilsen en borger.")
    assert page.text.count('<mark class="will-be-hidden">') == 1
    assert "<bdi><del>12345678</del></bdi>" in page.text
    assert "telefonnummer" in page.text
    reader.goes("send")
    assert [text.text for text in pool(stage).texts] == [
        "Ring til mig på ⟦phone⟧. Hilsen en borger."
    ]


def test_one_can_hide_more(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("6")
    reader.goes("tjek", could_be_better_text="Den eneste smed på øen fik ikke svar. Eneste smed!")
    page = reader.goes("tjek", skjul="eneste smed\nøen")
    assert page.status_code == 200
    assert page.text.count('<mark class="will-be-hidden">') == 3
    reader.goes("6")  # and what was to be hidden is carried along
    reader.goes("tjek")
    reader.goes("send")
    (text,) = pool(stage).texts
    assert text.text == "Den ⟦more⟧ på ⟦more⟧ fik ikke svar. ⟦more⟧!"


def test_a_word_that_is_not_there_stops_the_sending(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("6")
    reader.goes("tjek", could_be_better_text="Den eneste smed fik ikke svar.")
    page = reader.goes("send", skjul="smedjen")
    assert page.status_code == 422
    assert "smedjen" in page.text
    assert stage.waiting() == {}
    assert reader.goes("send", skjul="").status_code == 303
    assert stage.waiting() == {"2026-4-work": 1}


def test_nothing_at_all_is_refused_kindly(stage: Stage) -> None:
    reader = stage.begins()
    page = reader.goes("tjek", went_well_text="\u200b \x00")
    assert page.status_code == 200
    assert "Du har ikke svaret på noget endnu" in page.text
    assert 'value="send"' not in page.text
    assert reader.goes("send").status_code == 422
    assert stage.waiting() == {}


@pytest.mark.parametrize("path", ["/", "/?visning=en", "/tak", "/health/live", "/health/ready"])
def test_what_can_be_asked_for(stage: Stage, path: str) -> None:
    answer = stage.app.test_client().get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_page_of_questions_has_no_address_of_its_own(stage: Stage) -> None:
    answer = stage.app.test_client().get("/svar")
    assert (answer.status_code, answer.location) == (303, "/")


def test_the_door_says_whom_to_tell_of_a_weakness(stage: Stage) -> None:
    answer = stage.app.test_client().get("/.well-known/security.txt")
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert answer.text.startswith("Contact: tel:+45")
    assert "Canonical: http" in answer.text
