"""Writes of cases: events are added, and what they say is folded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.queries import events_by_case, known_events
from portal.cases.rules import VERSION, folded, kept, named, packed
from portal.cases.words import Event, Recorded, State, Unrecognised
from portal.clock import day_of
from portal.identity.queries import in_chunks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
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


def refold_many(session: Session, case_ids: Sequence[UUID], now: datetime) -> None:
    """Fold these cases anew. Writers to them wait."""
    for chunk in in_chunks(case_ids):
        session.execute(
            select(Case.id).where(Case.id.in_(chunk)).order_by(Case.id).with_for_update()
        )
    _fold(session, case_ids, now)


def _record(
    session: Session,
    told: Mapping[Key, Sequence[Event]],
    now: datetime,
    beside: Mapping[Key, dict[str, object]],
) -> tuple[dict[Key, UUID], set[Key]]:
    cases = _locked(session, told.keys(), now)
    wanted: dict[Key, tuple[Key, Event]] = {}
    for case, events in told.items():
        for event in events:  # an id told twice: the first telling counts
            wanted.setdefault((event.source, event.id), (case, event))
    known = known_events(session, wanted.keys())
    fresh = {key: told for key, told in wanted.items() if key not in known}
    rows = [
        _row(cases[case], event, now, beside.get(key, {})) for key, (case, event) in fresh.items()
    ]
    if rows:
        session.execute(insert(CaseEvent), rows)
        _fold(session, {cases[case] for case, _ in fresh.values()}, now)
    return cases, set(fresh)


def _locked(session: Session, keys: Iterable[Key], now: datetime) -> dict[Key, UUID]:
    """The cases of these names, made where there are none, and nobody else's until the commit."""
    ordered = sorted(keys)  # in one order for everybody: writers then never wait in a ring
    found = _found(session, ordered)
    missing = [key for key in ordered if key not in found]
    if not missing:
        return found
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(
        dialect.insert(Case).on_conflict_do_nothing(),  # another writer may be first
        [
            {
                "id": uuid4(),
                "source": source,
                "subject": subject,
                "state": {},
                "version": 0,
                "withheld": False,
                "unknown_codes": 0,
                "changed_at": now,
            }
            for source, subject in missing
        ],
    )
    return found | _found(session, missing)


def _found(session: Session, keys: Sequence[Key]) -> dict[Key, UUID]:
    by_source: dict[str, list[str]] = {}
    for source, subject in keys:
        by_source.setdefault(source, []).append(subject)
    return {
        (source, row.subject): row.id
        for source, subjects in by_source.items()
        for chunk in in_chunks(subjects)
        for row in session.execute(
            select(Case.id, Case.subject)
            .where(Case.source == source, Case.subject.in_(chunk))
            .order_by(Case.subject)
            .with_for_update()
        )
    }


def _row(
    case_id: UUID, event: Event, now: datetime, beside: dict[str, object]
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
        "data": understood | beside,
    }


def _fold(session: Session, case_ids: Collection[UUID], now: datetime) -> None:
    told = events_by_case(session, case_ids)
    states = {case_id: folded(events, day_of) for case_id, events in told.items()}
    rows = [
        {
            "id": case_id,
            "state": packed(state),
            "version": VERSION,
            "withheld": state.withheld is not None,
            "unknown_codes": len(state.unknown),
            "changed_at": now,
        }
        for case_id, state in states.items()
    ]
    if rows:
        session.execute(update(Case), rows)
        _seat(session, states)
    session.expire_all()


def _seat(session: Session, states: Mapping[UUID, State]) -> None:
    """Make the parties of each case those that its events name."""
    for chunk in in_chunks(states):
        session.execute(delete(CaseParty).where(CaseParty.case_id.in_(chunk)))
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
    if rows:
        session.execute(insert(CaseParty), rows)
