"""Taking in a codebook: by the room, and by the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.themes import actions, queries
from portal.themes.words import FaultyCodebook, Theme
from tests.rooms.themes.examples import CODES, NOW, VIEWS, codebook, decision, wording

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def test_themes_are_added_once_in_their_order(session: Session) -> None:
    codebook(session)
    assert [one.code for one in queries.themes(session)] == list(CODES)
    told = [("new", wording("new")), *((code, wording(code)) for code in CODES)]
    assert actions.take_in(session, told, NOW) == 1
    assert actions.take_in(session, told, NOW) == 0
    assert queries.version(session) == 4
    assert [line.theme for line in queries.log(session)] == ["new", *reversed(CODES)]
    assert {line.account for line in queries.log(session)} == {None}


def test_a_code_is_never_given_again(session: Session) -> None:
    codebook(session)
    actions.drop(session, "tone", decision())
    actions.edit(session, "clarity", wording("other"), decision())
    told = [("fresh", wording("fresh")), *((code, wording(code)) for code in CODES)]
    with pytest.raises(FaultyCodebook) as wrong:
        actions.take_in(session, told, NOW)
    assert [fault.partition(":")[0] for fault in wrong.value.faults] == ["clarity", "tone"]
    assert "fresh" not in {one.code for one in queries.themes(session)}


def test_active_themes_come_first(session: Session) -> None:
    codebook(session)
    actions.drop(session, "waiting_time", decision())
    found = queries.themes(session)
    assert [one.code for one in found] == ["clarity", "tone", "waiting_time"]
    assert found[0] == Theme(
        "clarity",
        {view: f"clarity {view}" for view in VIEWS},
        {view: f"What clarity means, {view}" for view in VIEWS},
        examples={"da": ("Et eksempel på clarity",)},
    )


def test_the_model_is_kept_once_for_each_kind_of_vectors(session: Session) -> None:
    assert queries.model(session, "words") is None
    for made in (b"1", b"2"):
        actions.keep_model(session, "words", made)
    assert queries.model(session, "words") == b"2"
