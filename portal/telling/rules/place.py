"""Where the case is now, and who has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import WORKING, overall
from portal.cases.words import MIXED, AgainResult, Outcome, Stage, SuspensionReason
from portal.explanations.words import Passage
from portal.telling.rules.asked import is_asked, open_requests, waiting
from portal.telling.rules.said import UNCLEAR, known, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.cases.words import State
    from portal.deadlines.words import Dates
    from portal.telling.words import Reader


def decision_unclear(state: State) -> bool:
    """Whether the case cannot be placed because of a decision that there are no words for."""
    if state.decision is None or not state.stage_unclear:
        return False
    return overall(state.decision.outcome, state.decision.issues) not in {*Outcome, MIXED}


def never_here(state: State) -> bool:
    """Whether a case that is closed never came from the authority to the board."""
    if state.stage is not Stage.CLOSED or state.filed is None or state.received:
        return False
    decided = state.decision or state.earlier_decisions or state.decision_withdrawn
    worked_on = any(moment.what.startswith("stage.") for moment in state.moments)
    return not (state.office or decided or state.reopened or worked_on)


def now(state: State, reader: Reader, today: date) -> Iterator[Passage]:
    """At least one passage."""
    if decision_unclear(state):
        yield Passage("now.decision_unclear")
    elif state.stage_unclear or state.stage is None:
        yield UNCLEAR
    elif state.suspended and state.stage in WORKING:
        yield Passage(f"now.suspended.{known(state.suspended, SuspensionReason)}")
    elif state.reopening_requested:  # what is being considered comes before how it ended
        yield Passage("now.reopening_requested", {"date": state.reopening_requested})
        if state.stage is not Stage.CLOSED:
            yield from _now_by_stage(state, reader, today)
    else:
        yield from _now_by_stage(state, reader, today)
    if state.decision_withdrawn and state.decision is None:
        yield Passage("now.decision_withdrawn", {"date": state.decision_withdrawn})
    if state.reopening_refused:
        undecided = "" if state.decision else "_undecided"
        yield Passage(f"now.reopening_refused{undecided}", {"date": state.reopening_refused})


def _now_by_stage(state: State, reader: Reader, today: date) -> Iterator[Passage]:
    if state.stage is Stage.RETURNED:
        if not state.decided_again:
            yield say("stage.returned.now", authority=state.authority)
        yield _returned(state, today)
    elif state.stage is Stage.REASSESSMENT:
        yield say("stage.reassessment.now", authority=state.authority)
    else:
        yield Passage(f"stage.{state.stage}.now")
    if state.stage is Stage.CLOSED and state.decided_again:
        yield _returned(state, today)
    if state.stage in WORKING:
        yield from _now_at_work(state, reader, today)


def _now_at_work(state: State, reader: Reader, today: date) -> Iterator[Passage]:
    for request in open_requests(state):
        if not is_asked(state, request, reader):
            yield waiting(request, today)
    if state.meeting:
        held = "meeting_held" if today > state.meeting else "meeting"
        yield Passage(f"now.{held}", {"date": state.meeting})
    if state.reopened:
        yield Passage("now.reopened", {"date": state.reopened})
    if state.urgent:
        yield Passage("now.urgent")


def _returned(state: State, today: date) -> Passage:
    """How it stands with the authority that must decide again."""
    again = state.decided_again
    if again:
        result = known(again.result, AgainResult)
        return say(f"again.{result}", authority=state.authority, date=again.on)
    due = state.decision.authority_due if state.decision else None
    if due is None:
        return say("returned.undated", authority=state.authority)
    how = "late" if today > due else "due"
    return say(f"returned.{how}", authority=state.authority, date=due)


def holder(state: State, dates: Dates, today: date) -> Passage:
    """Who has the case, since when and, where it is known, until when."""
    if state.stage_unclear or state.stage is None:
        return Passage("holder.unclear")
    if state.stage is Stage.REASSESSMENT:
        return _at_authority(state, dates.reassessment.on if dates.reassessment else None, today)
    if state.stage is Stage.RETURNED and not state.decided_again:
        due = state.decision.authority_due if state.decision else None
        return _at_authority(state, due, today)
    return _at_board(state) if state.stage in WORKING else _at_nobody(state)


def _at_nobody(state: State) -> Passage:
    if never_here(state):
        return _holds("holder.never_here", authority=state.authority)
    if state.reopening_requested:
        return _holds("holder.board", since=state.reopening_requested)
    last = [day for day in (state.stage_since, state.reopening_refused) if day]
    return _holds("holder.nobody", since=max(last, default=None))


def _at_board(state: State) -> Passage:
    if state.stage is Stage.QUEUED:
        return _holds("holder.queue", since=state.stage_since)
    if state.office:
        return _holds("holder.office", office=state.office, since=state.office_since)
    return _holds("holder.board", since=state.clock_from)


def _holds(code: str, **values: object) -> Passage:
    """Who has the case; or that it cannot be told, where one of the values is missing."""
    if any(value is None for value in values.values()):
        return Passage("holder.unclear")
    return Passage(code, values)


def _at_authority(state: State, until: date | None, today: date) -> Passage:
    """The authority has it; until when is said only while that day has not passed."""
    values = {"authority": state.authority, "since": state.stage_since}
    if until is None or until < today:
        return _holds("holder.authority", **values)
    return _holds("holder.authority_until", **values, until=until)
