"""What each event does to a case that is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules.notes import ENDED, STAGES, WORKING, noted, told_of
from portal.cases.words import Request, Stage, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.cases.rules.notes import Step
    from portal.cases.words import State


def _filed(data: words.Filed, state: State, day: date, event: str) -> State:
    on = data.on or day
    state = noted(state, "area", data.area, words.Area, event)
    if state.stage is None:
        state = replace(state, stage=Stage.REASSESSMENT, stage_since=on)
    return told_of(
        replace(
            state,
            number=data.number or state.number,
            area=data.area or state.area,
            authority=data.authority,
            complained_of=data.complained_of or state.complained_of,
            filed=on,
        ),
        "filed",
        on,
    )


def _received(data: words.Received, state: State, day: date, event: str) -> State:
    on = data.on or day
    state = noted(state, "area", data.area, words.Area, event)
    return told_of(
        replace(
            state,
            number=data.number,
            area=data.area,
            authority=data.authority,
            complained_of=data.complained_of or state.complained_of,
            received=on,
            clock_from=on,
            stage=Stage.QUEUED,
            stage_since=on,
            stage_unclear=False,
        ),
        "received",
        on,
    )


def _assigned(data: words.Assigned, state: State, day: date, event: str) -> State:
    del event
    if state.stage is Stage.QUEUED:  # a caseworker is assigned when the work starts
        state = replace(state, stage=Stage.CLARIFICATION, stage_since=day)
    return told_of(replace(state, office=data.office, office_since=day), "assigned", day)


def _stage_entered(data: words.StageEntered, state: State, day: date, event: str) -> State:
    # An ended case cannot be worked on before it was reopened: then we do not know where it is.
    if data.stage not in WORKING or state.stage in ENDED:
        note = Unknown("stage", data.stage, event)
        state = replace(state, unknown=(*state.unknown, note), stage_unclear=True)
        return told_of(state, "unclear", day)
    stage = Stage(data.stage)
    if state.stage is stage:
        return replace(state, stage_unclear=False)
    back = state.stage in WORKING and STAGES.index(stage) < STAGES.index(state.stage)
    state = told_of(state, f"stage.{stage}", day, back=back)
    return replace(state, stage=stage, stage_since=day, stage_unclear=False)


def _request_made(data: words.RequestMade, state: State, day: date, event: str) -> State:
    state = noted(state, "addressee", data.addressee, words.Addressee, event)
    state = noted(state, "request", data.kind, words.RequestKind, event)
    made = Request(data.request, data.addressee, data.kind, day, data.due, data.person)
    others = tuple(r for r in state.requests if r.request != data.request)
    told = "request" if data.due is None else "request_due"
    return told_of(replace(state, requests=(*others, made)), told, day, data.addressee, data.due)


def _open(state: State, name: str) -> Request | None:
    return next((r for r in state.requests if r.request == name and r.answered is None), None)


def _instead(state: State, old: Request, *new: Request) -> State:
    requests = tuple(r for r in state.requests if r is not old)
    return replace(state, requests=(*requests, *new))


def _request_moved(data: words.RequestMoved, state: State, day: date, event: str) -> State:
    del event
    request = _open(state, data.request)
    if request is None or request.due == data.due:
        return state
    earlier = (*request.moved_from, request.due) if request.due else request.moved_from
    moved = replace(request, due=data.due, moved_from=earlier)
    return told_of(_instead(state, request, moved), "request_moved", day, None, data.due)


def _request_answered(data: words.RequestAnswered, state: State, day: date, event: str) -> State:
    del event
    request = _open(state, data.request)
    if request is None:
        return state
    answered = _instead(state, request, replace(request, answered=day))
    return told_of(answered, "answered", day, request.addressee)


def _request_withdrawn(data: words.RequestWithdrawn, state: State, day: date, event: str) -> State:
    del event
    request = _open(state, data.request)
    return state if request is None else told_of(_instead(state, request), "request_withdrawn", day)


def _meeting(data: words.MeetingScheduled, state: State, day: date, event: str) -> State:
    del event
    return told_of(replace(state, meeting=data.on), "meeting", day, None, data.on)


def _suspended(data: words.Suspended, state: State, day: date, event: str) -> State:
    state = noted(state, "suspension", data.reason, words.SuspensionReason, event)
    state = replace(state, suspended=data.reason, suspended_since=day)
    return told_of(state, "suspended", day, data.reason)


def _resumed(data: words.Resumed, state: State, day: date, event: str) -> State:
    del data, event
    if state.suspended is None:
        return state
    return told_of(replace(state, suspended=None, suspended_since=None), "resumed", day)


def _announced(data: words.DateAnnounced, state: State, day: date, event: str) -> State:
    state = noted(state, "move", data.reason, words.MoveReason, event)
    if state.announced and state.announced[-1].on == data.on:
        return state  # the same date again is no move
    said = words.Announcement(data.on, data.reason, day)
    state = replace(state, announced=(*state.announced, said))
    return told_of(state, "announced", day, None, data.on)


def _urgency(data: words.UrgencySet, state: State, day: date, event: str) -> State:
    del event
    if data.urgent is state.urgent:
        return state
    told = "urgent" if data.urgent else "not_urgent"
    return told_of(replace(state, urgent=data.urgent), told, day)


# A table, and no decorators: `make mutate` plants no faults in decorated functions.
STEPS: Mapping[type[words.Happening], Step] = {
    words.Filed: _filed,
    words.Received: _received,
    words.Assigned: _assigned,
    words.StageEntered: _stage_entered,
    words.RequestMade: _request_made,
    words.RequestMoved: _request_moved,
    words.RequestAnswered: _request_answered,
    words.RequestWithdrawn: _request_withdrawn,
    words.MeetingScheduled: _meeting,
    words.Suspended: _suspended,
    words.Resumed: _resumed,
    words.DateAnnounced: _announced,
    words.UrgencySet: _urgency,
}
