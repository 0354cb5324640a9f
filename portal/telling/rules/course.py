"""What comes, and what has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import WORKING
from portal.cases.words import (
    MIXED,
    Addressee,
    AgainResult,
    Ending,
    Outcome,
    Stage,
    SuspensionReason,
)
from portal.explanations.words import Passage
from portal.telling.rules.boards import decides, decides_first
from portal.telling.rules.place import never_here
from portal.telling.rules.said import known, say
from portal.telling.words import Line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

    from portal.cases.words import Moment, State
    from portal.deadlines.words import Dates


STAGES = tuple(Stage)


BRANCHES: dict[Stage, tuple[str, ...]] = {
    Stage.REASSESSMENT: ("authority_changes", "authority_partly_changes", "authority_forwards"),
    Stage.QUEUED: ("work_starts", "more_information"),
    Stage.CLARIFICATION: ("more_information", "hearing", "assessment"),
    Stage.HEARING: ("more_information", "assessment"),
    Stage.ASSESSMENT: ("decision", "meeting", "more_information"),
    Stage.MEETING: ("decision", "more_information"),
    Stage.RETURNED: ("new_decision_better", "new_decision_same"),
}


# What may come, in the usual order. The rest of the course is not foretold.
AHEAD = (Stage.CLARIFICATION, Stage.HEARING, Stage.ASSESSMENT, Stage.MEETING, Stage.DECIDED)


def coming(state: State, dates: Dates) -> Iterator[Passage]:
    if state.stage is None or state.stage_unclear or state.suspended:
        return
    if state.decided_again and state.stage in {Stage.RETURNED, Stage.CLOSED}:
        yield _complaint(dates)
    elif never_here(state):
        yield say("stage.closed.next_before", authority=state.authority)
    elif not (state.reopening_requested and state.stage is Stage.CLOSED):
        yield Passage(f"stage.{state.stage}.next")


def _complaint(dates: Dates) -> Passage:
    """That the authority's new decision can be complained of, and until when."""
    if dates.complaint is None:
        return Passage("again.complain")
    how = "passed" if dates.complaint.passed else "until"
    return say(f"again.complain_{how}", date=dates.complaint.on)


def branches(state: State) -> Iterator[Passage]:
    codes: tuple[str, ...] = ()
    if state.reopening_requested:
        undecided = "" if state.decision else "_undecided"
        codes = ("reopening_granted", f"reopening_refused{undecided}")
    elif state.stage_unclear or state.stage is None or state.decided_again:
        codes = ()
    elif state.suspended and state.stage in WORKING:
        codes = ("resumed",)
    else:
        codes = BRANCHES.get(state.stage, ())
    for code in codes:
        board = "_board" if code == "decision" and decides(state) else ""
        yield Passage(f"branch.{code}{board}")


STARTS = frozenset({"received", "reopened"})


CODED: dict[str, type[StrEnum]] = {
    "request": Addressee,
    "request_due": Addressee,
    "answered": Addressee,
    "suspended": SuspensionReason,
    "decided": Outcome,
    "closed": Ending,
    "again": AgainResult,
}


def _happened(moment: Moment, *, again: bool, first: bool) -> Passage:
    """`again`: it had happened before; `first`: a board decided, and no authority before it."""
    code = f"moment.{moment.what}"
    if moment.what == "assigned" and again:
        code = "moment.assigned_again"
    elif moment.what == "decided" and first:
        code = "moment.decided.unknown"
    elif moment.code == MIXED:
        code = f"{code}.{MIXED}"
    elif moment.what in CODED:
        code = f"{code}.{known(moment.code, CODED[moment.what])}"
    return Passage(code, {} if moment.due is None else {"due": moment.due})


def _done(state: State) -> Iterator[Line]:
    assigned = False
    for moment in sorted(state.moments, key=lambda m: m.on):
        text = _happened(moment, again=assigned, first=decides_first(state))
        # Whoever gets a case that was received or reopened is its first caseworker.
        assigned = (assigned or moment.what == "assigned") and moment.what not in STARTS
        yield Line("done", moment.on, text, moment.back)


def timeline(state: State) -> Iterator[Line]:
    """What has happened, where the case is, and what may come. Only the first is dated."""
    yield from _done(state)
    if state.stage is None or state.stage_unclear:
        return
    if state.suspended and state.stage in WORKING:
        yield Line("now", None, Passage("badge.suspended"))
    elif state.stage in WORKING or state.stage is Stage.REASSESSMENT:
        yield Line("now", None, Passage(f"stage.{state.stage}.name"))
    if state.stage in WORKING and not state.suspended:
        place = STAGES.index(state.stage)
        for stage in AHEAD:
            if STAGES.index(stage) > place:
                yield Line("maybe", None, Passage(f"stage.{stage}.maybe"))
