"""Coding: one released text at a time, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from portal.feedback.words import TextState
from portal.recognition.words import Suggestion
from portal.themes import actions, queries
from portal.themes.words import Coding, Polarity
from tests.pages.themes import checked_in, did, errors_in, hidden_in, read, set_up
from tests.rooms.themes.examples import TWICE, decision, key, text, wording

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

PATH = "/medarbejder/kodning"
FORM = 'id="kodning"'


def coded(stage: Stage, person: str, number: int = 1) -> Coding | None:
    account = UUID(stage.account(person))
    said: Coding | None = read(stage, lambda s: queries.own_coding(s, account, key(number)))
    return said


def send(client: FlaskClient, **more: object) -> TestResponse:
    """Read the first text, and say what it is about."""
    page = client.get(f"{PATH}/{key(1)}").text
    told = hidden_in(page, FORM) | {"polarity": "criticism"} | more
    return client.post(f"{PATH}/{key(1)}", data=told)


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_the_page_shows_one_text_and_no_date(own_stage: Stage, view: str) -> None:
    set_up(own_stage)
    page = own_stage.signed_in("koder").get(f"{PATH}?visning={view}").text
    assert page.count("<blockquote") == 1
    assert "<time" not in page
    assert "2026" not in page.partition("<main")[2].partition("</main")[0].replace("2026-1", "")
    assert checked_in(page) == {"criticism"}  # by what was asked
    assert 'data-key="1"' in page
    assert "Skriv" not in page


def test_praise_is_preset_where_it_was_asked_for(own_stage: Stage) -> None:
    set_up(own_stage, text(1, question="went_well_text"))
    client = own_stage.signed_in("koder")
    assert checked_in(client.get(PATH).text) == {"praise"}
    assert checked_in(client.get(f"{PATH}/{key(1)}").text) == {"praise"}


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_nothing_waits(own_stage: Stage, view: str) -> None:
    client = own_stage.signed_in("koder")
    assert "kodebog" in client.get(PATH).text  # there is none
    set_up(own_stage, text(1, state=TextState.WAITING))
    page = client.get(f"{PATH}?visning={view}").text
    assert "<blockquote" not in page
    assert "alert-success" in page


def test_a_coding_leads_to_the_next_text_and_is_written_down(own_stage: Stage) -> None:
    set_up(own_stage)
    client = own_stage.signed_in("koder")
    with own_stage.audited() as written:
        answer = send(client, themes=["tone", "clarity"])
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PATH}?efter={key(1)}#kodning"
    assert [(line.act, line.page, line.why, line.case) for line in written] == [
        ("coding.viewed", "staff.coding_text", None, None),
        ("text.coded", "staff.coding_text", None, None),
    ]
    assert {str(line.account) for line in written} == {own_stage.account("koder")}
    assert coded(own_stage, "koder") == Coding(frozenset({"tone", "clarity"}), Polarity.CRITICISM)
    page = client.get(answer.headers["Location"]).text
    assert key(2) in page
    assert "Du har kodet 1 tekster. 1 venter" in page
    before = client.get(f"{PATH}/{key(1)}").text
    assert checked_in(before) == {"tone", "clarity", "criticism"}
    assert send(client, themes=[], none="1", polarity="suggestion").status_code == 303
    assert coded(own_stage, "koder") == Coding(frozenset(), Polarity.SUGGESTION)
    assert checked_in(client.get(f"{PATH}/{key(1)}").text) == {"1", "suggestion"}


def test_the_same_sent_twice_is_one_coding(own_stage: Stage) -> None:
    set_up(own_stage)
    client = own_stage.signed_in("koder")
    assert {send(client, themes=["tone"]).status_code for _ in range(2)} == {303}
    assert read(own_stage, lambda s: len(queries.confirmed(s))) == 1


def test_a_text_can_be_passed_over(own_stage: Stage) -> None:
    set_up(own_stage)
    client = own_stage.signed_in("koder")
    assert key(2) in client.get(f"{PATH}?efter={key(1)}").text
    assert f"{PATH}/{key(1)}" in client.get(f"{PATH}?efter=x").text


def test_suggestions_stand_in_words_and_per_cent(own_stage: Stage) -> None:
    set_up(own_stage)
    told = [Suggestion("tone", 0.93), Suggestion("clarity", 0.71), Suggestion("waiting_time", 0.4)]
    did(own_stage, lambda s: actions.suggest(s, {key(1): told}, {}))
    page = own_stage.signed_in("koder").get(PATH).text
    for said in ("næsten sikker (93 %)", "tror det (71 %)", "i tvivl (40 %)"):
        assert said in page
    assert checked_in(page) == {"criticism"}  # a person decides


def test_the_second_coder_does_not_see_the_first_coding(own_stage: Stage) -> None:
    set_up(own_stage, text(1, TWICE))
    first, second = own_stage.signed_in("koder"), own_stage.signed_in("anden")
    page = second.get(PATH).text
    told = hidden_in(page, FORM) | {"polarity": "criticism", "themes": "tone"}
    path = f"{PATH}/{key(1, TWICE)}"
    assert first.post(path, data=hidden_in(first.get(PATH).text, FORM) | {
        "polarity": "praise", "themes": "clarity"}).status_code == 303  # fmt: skip
    assert checked_in(second.get(PATH).text) == {"criticism"}
    assert second.post(path, data=told).status_code == 303
    assert read(own_stage, queries.disagreement) is not None


@pytest.mark.parametrize(
    ("sent", "fields", "kept"),
    [
        ({}, ["themes"], {"praise"}),
        ({"themes": ["tone"], "none": "1"}, ["themes"], {"tone", "1", "praise"}),
        ({"themes": ["tone"], "polarity": "loud"}, ["polarity"], {"tone"}),
        ({"themes": ["tone"], "polarity": ""}, ["polarity"], {"tone"}),
    ],
)
def test_what_is_missing_is_told_and_the_rest_stays(
    own_stage: Stage, sent: dict[str, object], fields: list[str], kept: set[str]
) -> None:
    set_up(own_stage)
    answer = send(own_stage.signed_in("koder"), **({"polarity": "praise"} | sent))
    assert answer.status_code == 422
    assert errors_in(answer.text) == fields
    assert checked_in(answer.text) == kept
    assert coded(own_stage, "koder") is None


@pytest.mark.parametrize(
    "forged",
    [
        {"themes": ["weather"]},
        {"themes": ["<script>"]},
        {"themes": ["tone"], "version": "99"},
        {"themes": ["tone"], "version": "x"},
        {"themes": ["tone"], "version": ""},
    ],
)
def test_what_the_form_does_not_hold_is_refused(
    own_stage: Stage, forged: dict[str, object]
) -> None:
    set_up(own_stage)
    assert send(own_stage.signed_in("koder"), **forged).status_code == 400
    assert coded(own_stage, "koder") is None


def test_without_its_token_nothing_is_kept(own_stage: Stage) -> None:
    set_up(own_stage)
    client = own_stage.signed_in("koder")
    answer = client.post(f"{PATH}/{key(1)}", data={"themes": "tone", "polarity": "praise"})
    assert answer.status_code == 400
    assert coded(own_stage, "koder") is None


@pytest.mark.parametrize("told", ["x", "0" * 32])
def test_a_text_that_is_not_there(own_stage: Stage, told: str) -> None:
    set_up(own_stage, text(1))
    client = own_stage.signed_in("koder")
    form = hidden_in(client.get(PATH).text, FORM) | {"themes": "tone", "polarity": "praise"}
    assert client.get(f"{PATH}/{told}").status_code == 404
    assert client.post(f"{PATH}/{told}", data=form).status_code == 404


def test_a_theme_that_was_merged_meanwhile_is_kept_as_the_other(own_stage: Stage) -> None:
    set_up(own_stage)
    client = own_stage.signed_in("koder")
    form = hidden_in(client.get(PATH).text, FORM) | {"themes": "tone", "polarity": "praise"}
    did(own_stage, lambda s: actions.merge(s, "tone", "clarity", decision()))
    did(own_stage, lambda s: actions.merge(s, "clarity", "waiting_time", decision()))
    answer = client.post(f"{PATH}/{key(1)}", data=form)
    assert answer.headers["Location"] == f"{PATH}?efter={key(1)}&flyttet=tone#kodning"
    page = client.get(answer.headers["Location"]).text
    assert "”tone da” er lagt sammen med ”waiting_time da”" in page
    assert coded(own_stage, "koder") == Coding(frozenset({"waiting_time"}), Polarity.PRAISE)


@pytest.mark.parametrize("split", [True, False])
def test_a_theme_that_is_no_more_brings_the_form_back(own_stage: Stage, *, split: bool) -> None:
    set_up(own_stage)
    client = own_stage.signed_in("koder")
    form = hidden_in(client.get(PATH).text, FORM) | {"polarity": "praise"}
    if split:
        did(own_stage, lambda s: actions.add(s, "short", wording("short"), decision()))
        did(own_stage, lambda s: actions.split(s, "tone", ("clarity", "short"), decision()))
    else:
        did(own_stage, lambda s: actions.drop(s, "tone", decision()))
    answer = client.post(f"{PATH}/{key(1)}", data=form | {"themes": ["tone", "clarity"]})
    assert answer.status_code == 409
    assert checked_in(answer.text) == {"clarity", "praise"}
    said = "”tone da” er delt" if split else "”tone da” er taget ud"
    assert said in answer.text
    assert not split or "clarity da, short da" in answer.text
    assert coded(own_stage, "koder") is None
    again = hidden_in(answer.text, FORM) | {"polarity": "praise", "themes": "clarity"}
    assert client.post(f"{PATH}/{key(1)}", data=again).status_code == 303


def test_the_pages_ask_the_database_a_fixed_number_of_times(own_stage: Stage) -> None:
    client = own_stage.signed_in("koder")
    counts = []
    for number in (1, 40):
        set_up(own_stage, *(text(n + number) for n in range(number)))
        with own_stage.counted() as run:
            assert client.get(PATH).status_code == 200
        counts.append(len(run))
    assert counts[0] == counts[1] <= 8
