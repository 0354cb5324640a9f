"""Writes of cases: events are added, and what they say is folded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.queries import events_of
from portal.cases.rules import VERSION, folded, kept, named, packed
from portal.cases.words import Event, Recorded, State, Unrecognised
from portal.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session


def record(
    session: Session,
    source: str,
    subject: str,
    events: Sequence[Event],
    now: datetime,
    raw: Mapping[str, dict[str, object]] | None = None,
) -> Recorded:
    """Add what was told of one case and fold the case anew. Events known already change nothing.

    `raw` holds the data of events of unknown types by their id. Writers to the same case wait
    for each other.
    """
    case = _locked(session, source, subject, now)
    known = set(
        session.scalars(
            select(CaseEvent.event).where(
                CaseEvent.source == source, CaseEvent.event.in_([event.id for event in events])
            )
        )
    )
    fresh = {event.id: event for event in events if event.id not in known}
    session.add_all(_row(case.id, event, now, raw or {}) for event in fresh.values())
    session.flush()
    if fresh:
        _fold(session, case, now)
    return Recorded(case.id, len(fresh), len(events) - len(fresh))


def refold(session: Session, case_id: UUID, now: datetime) -> None:
    """Fold a case anew, after the rules have changed."""
    case = session.scalars(select(Case).where(Case.id == case_id).with_for_update()).one()
    _fold(session, case, now)


def _locked(session: Session, source: str, subject: str, now: datetime) -> Case:
    wanted = (
        select(Case).where(Case.source == source, Case.subject == subject).with_for_update()
    )
    found = session.scalars(wanted).one_or_none()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            made = Case(source=source, subject=subject, changed_at=now)
            session.add(made)
    except IntegrityError:  # another writer was first
        return session.scalars(wanted).one()
    return made


def _row(
    case_id: UUID, event: Event, now: datetime, raw: Mapping[str, dict[str, object]]
) -> CaseEvent:
    unknown = isinstance(event.data, Unrecognised)
    return CaseEvent(
        case_id=case_id,
        source=event.source,
        event=event.id,
        type=named(event.data),
        at=event.at,
        sequence=event.sequence,
        recorded_at=now,
        data=raw.get(event.id, {}) if unknown else kept(event.data),
    )


def _fold(session: Session, case: Case, now: datetime) -> None:
    state = folded(events_of(session, case.id), day_of)
    case.state = packed(state)
    case.version = VERSION
    case.withheld = state.withheld is not None
    case.unknown_codes = len(state.unknown)
    case.changed_at = now
    _seat(session, case.id, state)
    session.flush()


def _seat(session: Session, case_id: UUID, state: State) -> None:
    """Make the parties of the case those that its events name."""
    session.execute(delete(CaseParty).where(CaseParty.case_id == case_id))
    session.add_all(
        CaseParty(
            case_id=case_id,
            person_id=party.person,
            role=party.role,
            acts_for=party.acts_for,
            relation=party.relation,
            since=party.since,
            until=party.until,
        )
        for party in state.parties
    )
