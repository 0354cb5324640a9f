"""Bad input: texts and files of every kind. Nothing that was typed is lost, or taken for more."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from portal.questionnaire.words import MOST_CHARACTERS
from tests.door.conftest import TEXT, changed, fields_of, written

if TYPE_CHECKING:
    from tests.door.conftest import Stage


# --- Texts.


def test_a_text_that_is_too_long_comes_back_whole(stage: Stage) -> None:
    long = "æ " * (MOST_CHARACTERS // 2) + "x"
    reader = stage.begins()
    reader.goes("6")
    page = reader.goes("tjek", could_be_better_text=long)
    assert page.status_code == 422
    assert "3.001 tegn" in page.text
    assert "<title>Fejl: Side 6 af 6" in page.text
    assert dict(fields_of(page.text))["svar-could_be_better_text"] == long
    assert reader.goes("5").status_code == 200  # going back is free, and it is carried along
    assert reader.goes("tjek").status_code == 422
    assert reader.goes("tjek", could_be_better_text=long[:-1]).status_code == 200


@pytest.mark.parametrize("sign", ["a", "ø", "\u0639"])
def test_a_hundred_thousand_characters_come_back_whole(stage: Stage, sign: str) -> None:
    reader = stage.begins()
    reader.goes("6")
    long = (sign * 9 + " ") * 10_000
    page = reader.goes("tjek", could_be_better_text=long)
    assert page.status_code == 422
    assert dict(fields_of(page.text))["svar-could_be_better_text"] == long.strip()


def test_what_is_larger_than_any_form_is_refused_kindly(stage: Stage) -> None:
    client = stage.app.test_client()
    answer = client.post("/svar?visning=en", data={"svar-x": "x" * (1024 * 1024)})
    assert answer.status_code == 413
    assert "far too long" in answer.text
    assert "your code still works" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "</textarea><img src=x onerror=alert(1)>",
        '"><input name=til value=send>',
        "😀🙏🏽",
        "SKRIV DET DOG SÅ MAN KAN FORSTÅ DET",
        "\u05e9\u05dc\u05d5\u05dd hello \u0645\u0631 123",
        "{{ 7 * 7 }} %(hours)s",
        "en\ttab og\n\ntre linjer",
    ],
)
def test_any_text_goes_the_whole_way(stage: Stage, text: str) -> None:
    reader = written(stage, text)
    assert reader.page.status_code == 200
    assert dict(fields_of(reader.page.text))["svar-could_be_better_text"] == text
    assert reader.goes("6").status_code == 200
    assert dict(fields_of(reader.page.text))["svar-could_be_better_text"] == text
    reader.goes("tjek")
    assert reader.goes("send").status_code == 303
    assert stage.waiting() == {"2026-4-work": 1}


def test_words_run_their_own_way(stage: Stage) -> None:
    page = written(stage, "\u202e\u05de\u05d9\u202c ringede ikke.").page.text
    assert "\u202e" not in page
    assert '<p class="own-words" dir="auto">' in page


def test_signs_that_nobody_sees_are_gone(stage: Stage) -> None:
    reader = written(stage, "Hej\x00 med\x1b dig\u200b.")
    assert dict(fields_of(reader.page.text))["svar-could_be_better_text"] == "Hej med dig."


def test_an_answer_that_is_not_offered_is_refused(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("1")
    fields = [*fields_of(reader.page.text), ("svar-outcome", "granted"), ("til", "2")]
    page = reader.sends(fields)
    assert page.status_code == 422
    assert "Vælg et af svarene på listen." in page.text


def test_a_choice_that_is_not_offered_is_refused(stage: Stage) -> None:
    reader = stage.begins()
    reader.goes("5")
    fields = [*fields_of(reader.page.text), ("svar-went_well", "price"), ("til", "tjek")]
    assert reader.sends(fields).status_code == 422


def test_fields_that_nobody_asked_for_are_left_alone(stage: Stage) -> None:
    reader = written(stage)
    fields = [*fields_of(reader.page.text), ("svar-cpr", "x"), ("name", "x"), ("til", "send")]
    assert reader.sends(fields).status_code == 303


@pytest.mark.parametrize(("side", "til"), [("", ""), ("99", "0"), ("../x", "x"), ("1", "²")])
def test_a_place_that_is_not_there_leads_to_the_beginning(
    stage: Stage, side: str, til: str
) -> None:
    reader = written(stage)
    page = reader.sends([*changed(fields_of(reader.page.text), side=side), ("til", til)])
    assert page.status_code == 200
    assert dict(fields_of(page.text))["svar-could_be_better_text"] == TEXT


# --- Files.


@pytest.mark.parametrize("path", ["/", "/svar"])
def test_a_file_is_neither_read_nor_kept(stage: Stage, path: str) -> None:
    file = (io.BytesIO(b"%PDF" + b"x" * 60_000), "afgoerelse.pdf")
    answer = stage.app.test_client().post(path, data={"svar-went_well_text": file})
    assert answer.status_code == 415
    assert "Vi kan ikke tage imod filer" in answer.text
    assert "afgoerelse" not in answer.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_what_is_no_form_is_refused(stage: Stage, kind: str) -> None:
    client = stage.app.test_client()
    assert client.post("/svar", data=b"{}", content_type=kind).status_code == 415
