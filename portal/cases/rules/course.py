"""What each event does to a case that is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules.endings import closed
from portal.cases.rules.stages import ENDED, PAST_DECISION, PROGRESS, STAGES, WORKING
from portal.cases.words import Request, Stage, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.cases.rules.drafts import Draft, Step


def _filed(data: words.Filed, case: Draft, day: date, event: str) -> None:
    on = data.on or day
    case.note("area", data.area, words.Area, event)
    if case.stage is None:
        case.stage, case.stage_since = Stage.REASSESSMENT, on
    case.number = data.number or case.number
    case.area = data.area or case.area
    case.authority = data.authority
    case.complained_of = data.complained_of or case.complained_of
    case.filed = on
    case.tell("filed", on)


def _received(data: words.Received, case: Draft, day: date, event: str) -> None:
    on = data.on or day
    case.note("area", data.area, words.Area, event)
    case.number, case.area, case.authority = data.number, data.area, data.authority
    case.complained_of = data.complained_of or case.complained_of
    case.received = case.clock_from = on
    case.stage, case.stage_since, case.stage_unclear = Stage.QUEUED, on, False
    case.tell("received", on)


def _assigned(data: words.Assigned, case: Draft, day: date, event: str) -> None:
    del event
    if case.stage is Stage.QUEUED:  # a caseworker is assigned when the work starts
        case.stage, case.stage_since = Stage.CLARIFICATION, day
    case.office, case.office_since = data.office, day
    case.tell("assigned", day)


def _stage_entered(data: words.StageEntered, case: Draft, day: date, event: str) -> None:
    if data.stage in PAST_DECISION:  # where it stands is not claimed before it was decided here
        case.stage_unclear = case.stage_unclear or case.stage not in ENDED
        return
    if data.stage == words.Progress.ENDED:
        if case.stage is not Stage.CLOSED:  # how it ended is not told
            closed(words.Closed(reason=words.Ending.COMPLETED), case, day, event)
        return
    named = PROGRESS.get(data.stage, data.stage)
    # An ended case cannot be worked on before it was reopened: then we do not know where it is.
    if named not in WORKING or case.stage in ENDED:
        case.unknown.append(Unknown("stage", data.stage, event))
        case.stage_unclear = True
        case.tell("unclear", day)
        return
    stage, before = Stage(named), case.stage
    case.stage_unclear = False
    if before is stage:
        return
    back = before in WORKING and STAGES.index(stage) < STAGES.index(before)
    case.stage, case.stage_since = stage, day
    case.tell(f"stage.{stage}", day, back=back)


def _request_made(data: words.RequestMade, case: Draft, day: date, event: str) -> None:
    case.note("addressee", data.addressee, words.Addressee, event)
    case.note("request", data.kind, words.RequestKind, event)
    _newest(case, Request(data.request, data.addressee, data.kind, day, data.due, data.person))
    told = "request" if data.due is None else "request_due"
    case.tell(told, day, data.addressee, data.due)


def _newest(case: Draft, request: Request) -> None:
    """Put this in the place of what had its name, and last."""
    case.requests.pop(request.request, None)
    case.requests[request.request] = request


def _open(case: Draft, name: str) -> Request | None:
    request = case.requests.get(name)
    return request if request and request.answered is None else None


def _request_moved(data: words.RequestMoved, case: Draft, day: date, event: str) -> None:
    del event
    request = _open(case, data.request)
    if request is None or request.due == data.due:
        return
    earlier = (*request.moved_from, request.due) if request.due else request.moved_from
    _newest(case, replace(request, due=data.due, moved_from=earlier))
    case.tell("request_moved", day, None, data.due)


def _request_answered(data: words.RequestAnswered, case: Draft, day: date, event: str) -> None:
    del event
    request = _open(case, data.request)
    if request is not None:
        _newest(case, replace(request, answered=day))
        case.tell("answered", day, request.addressee)


def _request_withdrawn(data: words.RequestWithdrawn, case: Draft, day: date, event: str) -> None:
    del event
    if _open(case, data.request):
        del case.requests[data.request]
        case.tell("request_withdrawn", day)


def _meeting(data: words.MeetingScheduled, case: Draft, day: date, event: str) -> None:
    del event
    case.meeting = data.on
    case.tell("meeting", day, None, data.on)


def _suspended(data: words.Suspended, case: Draft, day: date, event: str) -> None:
    case.note("suspension", data.reason, words.SuspensionReason, event)
    case.suspended, case.suspended_since = data.reason, day
    case.tell("suspended", day, data.reason)


def _resumed(data: words.Resumed, case: Draft, day: date, event: str) -> None:
    del data, event
    if case.suspended is not None:
        case.suspended = case.suspended_since = None
        case.tell("resumed", day)


def _announced(data: words.DateAnnounced, case: Draft, day: date, event: str) -> None:
    case.note("move", data.reason, words.MoveReason, event)
    if case.announced and case.announced[-1].on == data.on:
        return  # the same date again is no move
    case.announced.append(words.Announcement(data.on, data.reason, day))
    case.tell("announced", day, None, data.on)


def _urgency(data: words.UrgencySet, case: Draft, day: date, event: str) -> None:
    del event
    if data.urgent is not case.urgent:
        case.urgent = data.urgent
        case.tell("urgent" if data.urgent else "not_urgent", day)


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
