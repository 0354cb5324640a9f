"""A case is what its events say: the fold from events to `State`.

Events count in the order in which they happened, whatever the order they came in, and a
correction counts from the moment of the event that it corrects. A code without words is noted in
`State.unknown` and moves nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from portal.cases import words
from portal.cases.words import Event, Happening, Moment, Request, Stage, State, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime
    from enum import StrEnum
    from typing import Any

    # What one type of event does to a state: its data, the state, the day, the event's id.
    Step = Callable[[Any, State, date, str], State]

VERSION = 1  # of these rules: a stored state of another version is folded again

ORDER = {kind: place for place, kind in enumerate(words.HAPPENINGS)}
STAGES = tuple(Stage)
# Stages that a case is worked on in. The others are told by events of their own.
WORKING = frozenset(
    {
        Stage.QUEUED,
        Stage.CLARIFICATION,
        Stage.HEARING,
        Stage.ASSESSMENT,
        Stage.MEETING,
    }
)
CONTRADICTORY = "contradictory"  # an outcome that none of the questions of a decision has
ENDED = frozenset({Stage.DECIDED, Stage.RETURNED, Stage.CLOSED})


def what(kind: type[Happening]) -> str:
    """The name of a type of event in the feed: `RequestMade` is `request-made`."""
    return re.sub(r"(?<=.)([A-Z])", r"-\1", kind.__name__).lower()


TYPES: dict[str, type[Happening]] = {
    what(kind): kind for kind in words.HAPPENINGS if kind is not words.Unrecognised
}


def named(data: Happening) -> str:
    """The name under which an event is stored."""
    return data.type if isinstance(data, words.Unrecognised) else what(type(data))


def revived(name: str, data: object) -> Happening:
    """What a stored event says; `Unrecognised` where the type is not known.

    Raises msgspec.ValidationError when the data do not fit the type.
    """
    kind = TYPES.get(name)
    return words.Unrecognised(type=name) if kind is None else msgspec.convert(data, type=kind)


def kept(data: Happening) -> dict[str, object]:
    """What is stored of an event: `revived` gives the same value back."""
    return {name: value for name, value in msgspec.to_builtins(data).items() if value is not None}


def packed(state: State) -> dict[str, object]:
    """A state as plain values for a JSON column; `unpacked` gives it back."""
    return {name: value for name, value in msgspec.to_builtins(state).items() if value}


def unpacked(stored: object) -> State:
    """The state that `packed` stored."""
    return msgspec.convert(stored, type=State)


def folded(events: Iterable[Event], day_of: Callable[[datetime], date]) -> State:
    """The case that the events tell of, in whatever order they are given.

    `day_of` turns a moment into the calendar day that it counts on.
    """
    state = State()
    for event in _effective(sorted(events, key=_order)):
        state = replace(_apply(event.data, state, day_of(event.at), event.id), last_event=event.at)
    return state


def _order(event: Event) -> tuple[datetime, int, int, str, str]:
    return (event.at, event.sequence, ORDER[type(event.data)], event.source, event.id)


def _effective(events: list[Event]) -> Iterator[Event]:
    """The events with corrections carried out; of the corrections only those without effect stay.

    The newest correction counts first, so that one of a correction is known when it is needed.
    """
    corrections: dict[tuple[str, str], Event] = {}
    for event in _corrections(events):
        for mended in _corrected(event, corrections):
            if isinstance(mended.data, words.Corrected):
                corrections.setdefault((event.source, mended.data.event), mended)
            else:
                yield mended
    for event in events:
        if not isinstance(event.data, words.Corrected):
            yield from _corrected(event, corrections)


def _corrections(events: list[Event]) -> list[Event]:
    """The newest first; of several at one moment those of other corrections before these."""
    found = {(e.source, e.id): e for e in events if isinstance(e.data, words.Corrected)}

    def depth(event: Event) -> int:
        passed: set[str] = set()
        while isinstance(event.data, words.Corrected) and event.id not in passed:
            passed.add(event.id)
            event = found.get((event.source, event.data.event), event)
        return len(passed)

    return sorted(found.values(), key=lambda e: (e.at, e.sequence, depth(e)))[::-1]


def _corrected(event: Event, corrections: dict[tuple[str, str], Event]) -> Iterator[Event]:
    correction = corrections.get((event.source, event.id))
    if correction is None or not isinstance(correction.data, words.Corrected):
        yield event
    elif correction.data.replaced_by is not None:
        try:
            data = revived(named(event.data), correction.data.replaced_by)
        except msgspec.ValidationError:
            yield event
            yield replace(correction, data=words.Unrecognised(type="corrected"))
        else:
            yield replace(event, data=data)


def _noted(state: State, kind: str, code: str | None, known: type[StrEnum], event: str) -> State:
    """The state, with the code noted where there are no words for it."""
    if code is None or code in set(known):
        return state
    return replace(state, unknown=(*state.unknown, Unknown(kind, code, event)))


def _told(  # noqa: PLR0913 - a moment is all of these
    state: State,
    what: str,
    on: date,
    code: str | None = None,
    due: date | None = None,
    *,
    back: bool = False,
) -> State:
    return replace(state, moments=(*state.moments, Moment(what, on, code, due, back)))


def _apply(data: Happening, state: State, day: date, event: str) -> State:
    """The state after one event; of a type without words nothing but the note remains."""
    step: Step | None = STEPS.get(type(data))
    if step is None:
        return replace(state, unknown=(*state.unknown, Unknown("event", named(data), event)))
    return step(data, state, day, event)


def _filed(data: words.Filed, state: State, day: date, event: str) -> State:
    on = data.on or day
    state = _noted(state, "area", data.area, words.Area, event)
    if state.stage is None:
        state = replace(state, stage=Stage.REASSESSMENT, stage_since=on)
    return _told(
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
    state = _noted(state, "area", data.area, words.Area, event)
    return _told(
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
    return _told(replace(state, office=data.office, office_since=day), "assigned", day)


def _stage_entered(data: words.StageEntered, state: State, day: date, event: str) -> State:
    # An ended case cannot be worked on before it was reopened: then we do not know where it is.
    if data.stage not in WORKING or state.stage in ENDED:
        note = Unknown("stage", data.stage, event)
        state = replace(state, unknown=(*state.unknown, note), stage_unclear=True)
        return _told(state, "unclear", day)
    stage = Stage(data.stage)
    if state.stage is stage:
        return replace(state, stage_unclear=False)
    back = state.stage in WORKING and STAGES.index(stage) < STAGES.index(state.stage)
    state = _told(state, f"stage.{stage}", day, back=back)
    return replace(state, stage=stage, stage_since=day, stage_unclear=False)


def _request_made(data: words.RequestMade, state: State, day: date, event: str) -> State:
    state = _noted(state, "addressee", data.addressee, words.Addressee, event)
    state = _noted(state, "request", data.kind, words.RequestKind, event)
    made = Request(data.request, data.addressee, data.kind, day, data.due, data.person)
    others = tuple(r for r in state.requests if r.request != data.request)
    told = "request" if data.due is None else "request_due"
    return _told(replace(state, requests=(*others, made)), told, day, data.addressee, data.due)


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
    return _told(_instead(state, request, moved), "request_moved", day, None, data.due)


def _request_answered(data: words.RequestAnswered, state: State, day: date, event: str) -> State:
    del event
    request = _open(state, data.request)
    if request is None:
        return state
    answered = _instead(state, request, replace(request, answered=day))
    return _told(answered, "answered", day, request.addressee)


def _request_withdrawn(data: words.RequestWithdrawn, state: State, day: date, event: str) -> State:
    del event
    request = _open(state, data.request)
    return state if request is None else _told(_instead(state, request), "request_withdrawn", day)


def _meeting(data: words.MeetingScheduled, state: State, day: date, event: str) -> State:
    del event
    return _told(replace(state, meeting=data.on), "meeting", day, None, data.on)


def _suspended(data: words.Suspended, state: State, day: date, event: str) -> State:
    state = _noted(state, "suspension", data.reason, words.SuspensionReason, event)
    state = replace(state, suspended=data.reason, suspended_since=day)
    return _told(state, "suspended", day, data.reason)


def _resumed(data: words.Resumed, state: State, day: date, event: str) -> State:
    del data, event
    if state.suspended is None:
        return state
    return _told(replace(state, suspended=None, suspended_since=None), "resumed", day)


def _announced(data: words.DateAnnounced, state: State, day: date, event: str) -> State:
    state = _noted(state, "move", data.reason, words.MoveReason, event)
    said = words.Announcement(data.on, data.reason, day)
    state = replace(state, announced=(*state.announced, said))
    return _told(state, "announced", day, None, data.on)


def _urgency(data: words.UrgencySet, state: State, day: date, event: str) -> State:
    del event
    if data.urgent is state.urgent:
        return state
    told = "urgent" if data.urgent else "not_urgent"
    return _told(replace(state, urgent=data.urgent), told, day)


def differing(issues: tuple[words.Issue, ...]) -> bool:
    """Whether the questions of one decision were answered differently."""
    return len({_answer(issue) for issue in issues}) > 1


def overall(outcome: str, issues: tuple[words.Issue, ...]) -> str:
    """What a decision is as a whole, where its questions bear out what the source calls it.

    `MIXED` where they were answered differently, `CONTRADICTORY` where each was answered in
    words, and none as the source calls the whole.
    """
    if outcome not in set(words.Outcome):
        return outcome
    if differing(issues):
        return words.MIXED
    told = {issue.outcome for issue in issues}
    return CONTRADICTORY if told and told <= set(words.Outcome) - {outcome} else outcome


def _answer(issue: words.Issue) -> tuple[str, str | None]:
    """Whom it favours tells two answers apart only where something was changed."""
    return (issue.outcome, issue.favours if issue.outcome == words.Outcome.CHANGED else None)


def _decision_notes(data: words.Decided, state: State, event: str) -> State:
    state = _noted(state, "outcome", data.outcome, words.Outcome, event)
    if overall(data.outcome, data.issues) == CONTRADICTORY:
        state = _noted(state, "outcome", CONTRADICTORY, words.Outcome, event)
    state = _noted(state, "favours", data.favours, words.Favour, event)
    for issue in data.issues:
        state = _noted(state, "outcome", issue.outcome, words.Outcome, event)
        state = _noted(state, "favours", issue.favours, words.Favour, event)
    return state


def _decided(data: words.Decided, state: State, day: date, event: str) -> State:
    state = _decision_notes(data, state, event)
    on = data.on or day
    whole = overall(data.outcome, data.issues)
    state = _told(state, "decided", on, whole)
    state = replace(state, decision_withdrawn=None, decided_again=None)
    made = words.Decision(
        on, data.outcome, data.favours, data.issues, data.authority_due, data.passed_to
    )
    if whole not in {*words.Outcome, words.MIXED}:  # what it means for the course is not known
        return replace(state, decision=made, stage_unclear=True)
    stage = Stage.RETURNED if data.outcome == words.Outcome.RETURNED else Stage.DECIDED
    return replace(
        state,
        decision=made,
        stage_before=state.stage if state.stage in WORKING else state.stage_before,
        stage=stage,
        stage_since=on,
        stage_unclear=False,
        suspended=None,
        suspended_since=None,
        requests=tuple(r for r in state.requests if r.answered),
    )


def _decision_withdrawn(
    data: words.DecisionWithdrawn, state: State, day: date, event: str
) -> State:
    del data, event
    if state.decision is None:
        return state
    state = _told(state, "decision_withdrawn", day)
    before = state.stage if state.stage in WORKING else state.stage_before
    return replace(
        state,
        decision=None,
        decided_again=None,
        decision_withdrawn=day,
        stage=before or Stage.ASSESSMENT,
        stage_since=state.stage_since if before is state.stage else day,
        stage_unclear=before is None,
        ending=None,
        closed=None,
    )


def _closed(data: words.Closed, state: State, day: date, event: str) -> State:
    state = _noted(state, "ending", data.reason, words.Ending, event)
    state = replace(
        state,
        stage=Stage.CLOSED,
        stage_since=day,
        stage_unclear=False,
        ending=data.reason,
        closed=day,
        suspended=None,
        suspended_since=None,
        requests=tuple(r for r in state.requests if r.answered),
    )
    return _told(state, "closed", day, data.reason)


def _reopening_requested(
    data: words.ReopeningRequested, state: State, day: date, event: str
) -> State:
    del data, event
    state = replace(state, reopening_requested=day, reopening_refused=None)
    return _told(state, "reopening_requested", day)


def _reopening_refused(data: words.ReopeningRefused, state: State, day: date, event: str) -> State:
    del data, event
    state = replace(state, reopening_requested=None, reopening_refused=day)
    return _told(state, "reopening_refused", day)


def _reopened(data: words.Reopened, state: State, day: date, event: str) -> State:
    del data, event
    made = () if state.decision is None else (state.decision,)
    state = replace(
        state,
        stage=Stage.QUEUED,
        stage_since=day,
        stage_before=None,
        stage_unclear=False,
        clock_from=day,
        meeting=None,
        suspended=None,
        suspended_since=None,
        reopened=day,
        reopening_requested=None,
        reopening_refused=None,
        decision=None,
        earlier_decisions=(*state.earlier_decisions, *made),
        decided_again=None,
        announced=(),
        ending=None,
        closed=None,
    )
    return _told(state, "reopened", day)


def _again(data: words.AuthorityDecidedAgain, state: State, day: date, event: str) -> State:
    state = _noted(state, "again", data.result, words.AgainResult, event)
    on = data.on or day
    state = replace(state, decided_again=words.DecidedAgain(on, data.result))
    return _told(state, "again", on, data.result)


def _linked(data: words.Linked, state: State, day: date, event: str) -> State:
    state = _noted(state, "link", data.kind, words.LinkKind, event)
    state = replace(state, links=(*state.links, data))
    return _told(state, "continues", day) if data.kind == words.LinkKind.CONTINUES else state


def _withheld(data: words.Withheld, state: State, day: date, event: str) -> State:
    del day, event
    return replace(state, withheld=data.reason)


def _released(data: words.Released, state: State, day: date, event: str) -> State:
    del data, day, event
    return replace(state, withheld=None)


def _party_added(data: words.PartyAdded, state: State, day: date, event: str) -> State:
    state = _noted(state, "role", data.role, words.Role, event)
    party = words.Party(
        data.person, data.role, data.relation, data.acts_for, data.since or day, data.until
    )
    others = tuple(p for p in state.parties if (p.person, p.role) != (data.person, data.role))
    return replace(state, parties=(*others, party))


def _party_ended(data: words.PartyEnded, state: State, day: date, event: str) -> State:
    del day, event
    parties = tuple(
        replace(p, until=data.until) if (p.person, p.role) == (data.person, data.role) else p
        for p in state.parties
    )
    return replace(state, parties=parties)


# A table, and no decorators: `make mutate` plants no faults in decorated functions.
STEPS: Mapping[type[Happening], Step] = {
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
    words.Decided: _decided,
    words.DecisionWithdrawn: _decision_withdrawn,
    words.Closed: _closed,
    words.ReopeningRequested: _reopening_requested,
    words.ReopeningRefused: _reopening_refused,
    words.Reopened: _reopened,
    words.AuthorityDecidedAgain: _again,
    words.Linked: _linked,
    words.Withheld: _withheld,
    words.Released: _released,
    words.PartyAdded: _party_added,
    words.PartyEnded: _party_ended,
}
