"""What those who release, or mean ill, may send: nothing of it is done, and each is told why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.test_release import QUEUE, SAID, fields_of, put, send, states
from tests.rooms.feedback.examples import key

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Skriv, hvad der skal skjules"),
        ({"phrases": "  \n "}, "Skriv, hvad der skal skjules"),
        ({"phrases": "Anholt"}, "Dette står ikke i teksten, så intet er skjult: Anholt"),
        ({"phrases": "Læsø\nAnholt", "numbers": "99"}, "intet er skjult: Anholt, 99"),
        ({"phrases": "<b>x</b>"}, "intet er skjult: &lt;b&gt;x&lt;/b&gt;"),
        ({"phrases": "Læsø\x00\x07"}, "intet er skjult: "),
        ({"phrases": "\u202eosæL"}, "intet er skjult: "),
        ({"numbers": "x"}, "intet er skjult: x"),
        ({"numbers": "9"}, "intet er skjult: 9"),
        ({"phrases": "x" * 5_001}, "Det er for langt"),
        ({"numbers": "1 " * 300}, "Det er for langt"),
    ],
    ids=lambda value: ascii(value)[:30],
)
@pytest.mark.parametrize("view", ["da"])
def test_what_cannot_be_hidden_is_said(
    own_stage: Stage, typed: dict[str, str], said: str, view: str
) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    with own_stage.audited() as written:
        answer = send(client, 1, "hide", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'class="alert alert-error error-summary"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert states(own_stage)[key(1)] == ("waiting", SAID)
    assert {line.act for line in written} == {"release.viewed"}


@pytest.mark.parametrize("size", [60_000, 100_000])
def test_far_too_much_is_refused(own_stage: Stage, size: int) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    answer = send(client, 1, "hide", phrases="x" * size)
    assert answer.status_code == (413 if size > 65_536 else 422)
    assert states(own_stage)[key(1)] == ("waiting", SAID)


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "because"}, {"reason": "\x00"}])
def test_a_reason_is_asked_for(own_stage: Stage, typed: dict[str, str]) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    data = fields_of(client.get(f"{QUEUE}/{key(1)}").text, "withhold") | {"reason": ""} | typed
    answer = client.post(f"{QUEUE}/{key(1)}", data=data)
    assert answer.status_code == 422
    assert "Vælg en grund" in answer.text
    assert list(states(own_stage)) == [key(1)]


@pytest.mark.parametrize(
    "change",
    [{"do": ""}, {"do": "publish"}, {"seen": ""}, {"seen": "x"}, {"do": "accept", "seen": "0" * 65},
     {"do": "withhold", "reason": "hurts", "seen": "x"}],
)  # fmt: skip
def test_a_forged_form_does_nothing(own_stage: Stage, change: dict[str, str]) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    data = fields_of(client.get(f"{QUEUE}/{key(1)}").text, "hide") | {"phrases": "Læsø"} | change
    assert client.post(f"{QUEUE}/{key(1)}", data=data).status_code == 400
    assert states(own_stage)[key(1)] == ("waiting", SAID)


@pytest.mark.parametrize("token", [None, "", "x"])
def test_a_form_without_its_token_does_nothing(own_stage: Stage, token: str | None) -> None:
    put(own_stage, SAID)
    client = own_stage.signed_in("frigiver")
    data = fields_of(client.get(f"{QUEUE}/{key(1)}").text, "accept")
    data = {name: value for name, value in data.items() if name != "csrf_token"}
    data |= {} if token is None else {"csrf_token": token}
    assert client.post(f"{QUEUE}/{key(1)}", data=data).status_code == 400
    assert states(own_stage)[key(1)] == ("waiting", SAID)


@pytest.mark.parametrize("told", ["x", "0" * 31, "0" * 33, "%00", "A" * 32, "..", "x" * 9_000])
def test_what_is_no_key_is_no_text(stage: Stage, told: str) -> None:
    client = stage.signed_in("frigiver")
    assert client.get(f"{QUEUE}/{told}").status_code == 404
    assert client.get(f"{QUEUE}?efter={told}&udfort={told}").status_code == 200
