"""What the machine proposes, and what an owner decides on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.themes import actions, queries
from portal.themes.words import Found
from tests.pages.test_codebook import NEW, PROPOSALS, WORDED, log, send, themes
from tests.pages.themes import did, errors_in, hidden_in, read, set_up
from tests.rooms.themes.examples import key, text

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


def propose(stage: Stage, *numbers: int) -> str:
    keys = tuple(key(number) for number in numbers)
    did(stage, lambda s: actions.propose(s, [Found(("kø", "telefon"), keys, keys)]))
    (made,) = read(stage, queries.proposals)
    return str(made.id)


def test_a_proposal_becomes_a_theme(own_stage: Stage) -> None:
    set_up(own_stage)
    told = propose(own_stage, 1, 2)
    owner = own_stage.signed_in("temaejer")
    assert f"{NEW}?forslag={told}" in owner.get(PROPOSALS).text
    answer = send(owner, f"{NEW}?forslag={told}", "add", code="queue", **WORDED)
    assert answer.status_code == 303
    assert themes(own_stage)["queue"].state == "active"
    assert log(own_stage)[0][:4] == (
        "proposal_kept", "queue", (), "It was asked for. (kø, telefon)",
    )  # fmt: skip
    assert read(own_stage, queries.proposals) == []
    assert owner.get(f"{NEW}?forslag={told}").status_code == 404


@pytest.mark.parametrize(
    ("do", "sent", "logged", "left"),
    [
        ("merge", {"into": "tone"}, "proposal_merged", 0),
        ("drop", {}, "proposal_dropped", 0),
        ("split", {"texts": [key(1)]}, "proposal_split", 2),
    ],
)
def test_a_proposal_is_decided_on(
    own_stage: Stage, do: str, sent: dict[str, object], logged: str, left: int
) -> None:
    set_up(own_stage, text(1), text(2), text(3))
    propose(own_stage, 1, 2, 3)
    owner = own_stage.signed_in("temaejer")
    with own_stage.audited() as written:
        assert send(owner, PROPOSALS, do, why="Seen.", **sent).status_code == 303
    assert written[-1].why == logged
    assert log(own_stage)[0][0] == logged
    assert log(own_stage)[0][3] == "Seen. (kø, telefon)"
    assert [one.members for one in read(own_stage, queries.proposals)] == [2, 1][:left]


@pytest.mark.parametrize(
    ("do", "sent", "field"),
    [
        ("merge", {"why": "x"}, "into"),
        ("merge", {"why": "x", "into": "weather"}, "into"),
        ("split", {"why": "x"}, "texts"),
        ("split", {"texts": [key(1)]}, "why"),
        ("drop", {}, "why"),
    ],
)
def test_a_decision_that_lacks_something_is_told(
    own_stage: Stage, do: str, sent: dict[str, object], field: str
) -> None:
    set_up(own_stage)
    propose(own_stage, 1, 2)
    answer = send(own_stage.signed_in("temaejer"), PROPOSALS, do, **sent)
    assert answer.status_code == 422
    assert errors_in(answer.text) == [field]
    assert f'id="{field}"' in answer.text
    assert len(read(own_stage, queries.proposals)) == 1


def test_a_proposal_that_is_gone(own_stage: Stage) -> None:
    set_up(own_stage)
    propose(own_stage, 1, 2)
    owner = own_stage.signed_in("temaejer")
    told = hidden_in(owner.get(PROPOSALS).text, 'value="drop"')
    propose(own_stage, 1)
    answer = owner.post(PROPOSALS, data=told | {"why": "x"})
    assert answer.status_code == 409
    propose(own_stage, 1, 2)
    every = {"why": "x", "texts": [key(1), key(2)]}
    assert send(owner, PROPOSALS, "split", **every).status_code == 409  # all is no part
