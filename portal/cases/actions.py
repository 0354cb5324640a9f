"""Writes of cases: events are added, and what they say is folded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, select

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.queries import events_by_case, known_events
from portal.cases.rules import VERSION, folded, is_unreadable, kept, named, packed
from portal.cases.words import Event, Recorded, State, Unrecognised
from portal.clock import day_of
from portal.rows import among, insert_new, insert_rows, planned_anew, update_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    Key = tuple[str, str]  # a source, with its name of a case or its id of an event


def record(  # noqa: PLR0913, PLR0917 - what is told of one case, and where it goes
    session: Session,
    source: str,
    subject: str,
    events: Sequence[Event],
    now: datetime,
    raw: Mapping[str, dict[str, object]] | None = None,
) -> Recorded:
    """Add what was told of one case and fold the case anew. Events known already change nothing.

    `raw` holds, by an event's id, what is kept of it beside what the portal understands. Writers
    to the same case wait for each other.
    """
    beside = {(source, event): data for event, data in (raw or {}).items()}
    cases, added = _record(session, {(source, subject): events}, now, beside)
    return Recorded(cases[source, subject], len(added), len(events) - len(added))


def record_many(
    session: Session,
    told: Mapping[Key, Sequence[Event]],
    now: datetime,
    beside: Mapping[Key, dict[str, object]],
) -> set[Key]:
    """Do what `record` does for many cases at once; the keys of the events that were new."""
    return _record(session, told, now, beside)[1]


def refold(session: Session, case_id: UUID, now: datetime) -> None:
    """Fold a case anew, after the rules have changed."""
    refold_many(session, [case_id], now)


def refold_many(session: Session, case_ids: Sequence[UUID], now: datetime) -> list[Event]:
    """Fold these cases anew; those of their events that cannot be read. Writers to them wait."""
    locked = select(Case.id).where(among(session, Case.id, case_ids))
    session.execute(locked.order_by(Case.id).with_for_update())
    told = events_by_case(session, case_ids)
    _refresh(session, told, now)
    return [event for events in told.values() for event in events if is_unreadable(event.data)]


def _record(
    session: Session,
    told: Mapping[Key, Sequence[Event]],
    now: datetime,
    beside: Mapping[Key, dict[str, object]],
) -> tuple[dict[Key, UUID], set[Key]]:
    """The cases by name, and the keys of the events that were new."""
    with planned_anew(session):
        held = _held(session, told)
        fresh = _fresh(session, told)
        before = events_by_case(session, [held[case] for case in fresh if case in held])
    _refresh(
        session, {i: [*before[i], *fresh[case]] for case, i in held.items() if case in fresh}, now
    )
    # In one order for everybody: writers then never wait in a ring.
    new = sorted(case for case in told if case not in held)
    cases = held | _made(session, {case: fresh.get(case, ()) for case in new}, now)
    added = [(cases[case], event) for case in fresh if case in cases for event in fresh[case]]
    insert_rows(session, CaseEvent, [_row(*one, now, beside) for one in added])
    session.expire_all()
    keys = {(event.source, event.id) for _, event in added}
    late = {case: told[case] for case in new if case not in cases}
    if late:  # another writer made them a moment ago: now they are held
        others, their_keys = _record(session, late, now, beside)
        return cases | others, keys | their_keys
    return cases, keys


def _held(session: Session, names: Iterable[Key]) -> dict[Key, UUID]:
    """Those of the cases that there are, and nobody else's until the commit."""
    by_source: dict[str, list[str]] = {}
    for source, subject in names:
        by_source.setdefault(source, []).append(subject)
    return {
        (source, row.subject): row.id
        for source in sorted(by_source)  # one order, as above
        for row in session.execute(
            select(Case.id, Case.subject)
            .where(Case.source == source, among(session, Case.subject, by_source[source]))
            .order_by(Case.subject)
            .with_for_update()
        )
    }


def _fresh(session: Session, told: Mapping[Key, Sequence[Event]]) -> dict[Key, list[Event]]:
    """By case, the events that are not stored. Of an id told twice the first telling counts."""
    wanted: dict[Key, tuple[Key, Event]] = {}
    for case, events in told.items():
        for event in events:
            wanted.setdefault((event.source, event.id), (case, event))
    known = known_events(session, wanted)
    fresh: dict[Key, list[Event]] = {}
    for key, (case, event) in wanted.items():
        if key not in known:
            fresh.setdefault(case, []).append(event)
    return fresh


def _made(session: Session, new: Mapping[Key, Sequence[Event]], now: datetime) -> dict[Key, UUID]:
    """Make these cases; those that no other writer was quicker to make."""
    cases = {case: uuid4() for case in new}
    states = {cases[case]: folded(events, day_of) for case, events in new.items()}
    made = insert_new(
        session,
        Case,
        [
            {"id": i, "source": case[0], "subject": case[1], **_stored(states[i], now)}
            for case, i in cases.items()
        ],
        Case.id,
    )
    _seat(session, {i: state for i, state in states.items() if i in made})
    return {case: i for case, i in cases.items() if i in made}


def _refresh(session: Session, told: Mapping[UUID, Sequence[Event]], now: datetime) -> None:
    """Fold these cases from what was told of them."""
    if not told:
        return
    states = {case_id: folded(events, day_of) for case_id, events in told.items()}
    rows = [{"id": case_id, **_stored(state, now)} for case_id, state in states.items()]
    update_rows(session, Case, rows)
    session.execute(delete(CaseParty).where(among(session, CaseParty.case_id, states)))
    _seat(session, states)
    session.expire_all()


def _stored(state: State, now: datetime) -> dict[str, object]:
    return {
        "state": packed(state),
        "version": VERSION,
        "withheld": state.withheld is not None,
        "unknown_codes": len(state.unknown),
        "changed_at": now,
    }


def _row(
    case_id: UUID, event: Event, now: datetime, beside: Mapping[Key, dict[str, object]]
) -> dict[str, object]:
    understood = {} if isinstance(event.data, Unrecognised) else kept(event.data)
    return {
        "case_id": case_id,
        "source": event.source,
        "event": event.id,
        "type": named(event.data),
        "at": event.at,
        "sequence": event.sequence,
        "recorded_at": now,
        "data": understood | beside.get((event.source, event.id), {}),
    }


def _seat(session: Session, states: Mapping[UUID, State]) -> None:
    """Note the parties of cases that have none noted."""
    rows = [
        {
            "case_id": case_id,
            "person_id": party.person,
            "role": party.role,
            "acts_for": party.acts_for,
            "relation": party.relation,
            "since": party.since,
            "until": party.until,
        }
        for case_id, state in states.items()
        for party in state.parties
    ]
    insert_rows(session, CaseParty, rows)
