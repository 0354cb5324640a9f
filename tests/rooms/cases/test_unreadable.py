"""An event that cannot be read hides no other, and lets nobody see what it might have ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from portal.cases.actions import record, refold_many
from portal.cases.models import Case, CaseEvent
from portal.cases.rules import TYPES, is_unreadable, readable, unpacked
from portal.cases.words import Assigned, Stage, Unrecognised, Withheld
from tests.rooms.cases.stories import (
    ASSIGNED,
    NUMBER,
    RECEIVED,
    SOURCE,
    day,
    entered,
    fold,
    noon,
    told,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = noon(day(40))
ENDING_SIGHT = {"withheld", "party-ended", "corrected"}


@pytest.mark.parametrize("name", TYPES)
def test_what_might_have_ended_sight_keeps_the_case_from_everybody(name: str) -> None:
    said = readable(name, {"reason": 7, "event": 7, "until": 7, "on": 7, "case": 7})
    if is_unreadable(said):
        assert isinstance(said, Withheld) is (name in ENDING_SIGHT)
    else:  # nothing that it holds can be wrong
        assert name not in ENDING_SIGHT


def test_what_can_be_read_is_read() -> None:
    assert readable("assigned", {"office": "a"}) == Assigned(office="a")
    assert readable("fee-charged", {"amount": 7}) == Unrecognised(type="fee-charged")
    assert not is_unreadable(Unrecognised(type="fee-charged"))
    assert not is_unreadable(Withheld(reason="protected_address"))


def test_the_others_count_and_the_stage_is_not_claimed() -> None:
    state = fold(told(RECEIVED, Unrecognised(type="stage-entered")))
    assert (state.stage, state.stage_unclear) == (Stage.QUEUED, True)
    assert [moment.what for moment in state.moments] == ["received", "unclear"]
    later = fold(told(RECEIVED, Unrecognised(type="stage-entered"), entered("meeting")))
    assert (later.stage, later.stage_unclear) == (Stage.MEETING, False)


@pytest.mark.stored
def test_a_case_goes_on_beside_an_event_that_cannot_be_read(session: Session) -> None:
    done = record(session, SOURCE, "26-1", told(RECEIVED, ASSIGNED), NOW)
    session.execute(update(CaseEvent).where(CaseEvent.event == "e2").values(data={"office": 7}))
    (broken,) = refold_many(session, [done.case], NOW)
    assert broken.id == "e2"
    assert record(session, SOURCE, "26-1", told(entered("hearing"), first=3), NOW).added == 1
    state = unpacked(session.scalar(select(Case.state)))
    assert (state.number, state.office, state.stage) == (NUMBER, None, Stage.HEARING)
    assert session.scalar(select(Case.withheld)) is False


@pytest.mark.stored
def test_a_case_is_withheld_while_an_end_of_sight_cannot_be_read(session: Session) -> None:
    done = record(session, SOURCE, "26-1", told(RECEIVED, Withheld(reason="x")), NOW)
    session.execute(update(CaseEvent).where(CaseEvent.event == "e2").values(data={"reason": 7}))
    assert len(refold_many(session, [done.case], NOW)) == 1
    assert session.scalar(select(Case.withheld)) is True
