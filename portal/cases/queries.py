"""Reads of cases. Whose they are is part of every WHERE: not yours is not found."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    Date,
    String,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.rules import (
    VERSION,
    folded,
    is_unreadable,
    readable,
    unpacked,
)
from portal.cases.words import (
    CaseNotFound,
    Event,
    Represented,
    Role,
    SeenCase,
    State,
    WordlessCode,
)
from portal.clock import day_of
from portal.identity.models import Person
from portal.rows import among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

MOST_WORDLESS = 5000  # cases looked through for codes without words

LOG = logging.getLogger("indblik.cases")


def _fixed(roles: Iterable[Role]) -> list[ColumnElement[str]]:
    """Roles as part of the statement. As bound values they would be sent with every page."""
    return [literal_column(f"'{role}'", String) for role in roles]


# Statements are built once and bound to a person and a day: building one takes as long as running
# it, and the page of a case is nothing but three of them.
PERSON, TODAY = bindparam("person", type_=Uuid()), bindparam("today", type_=Date())

# A part in the case that has begun, has not ended, and is one the portal knows.
IN_FORCE = and_(
    CaseParty.role.in_(_fixed(Role)),
    or_(CaseParty.since.is_(None), CaseParty.since <= TODAY),
    or_(CaseParty.until.is_(None), CaseParty.until >= TODAY),
    # A parent or a guardian sees nothing without a relation that says so.
    or_(
        CaseParty.role.not_in(_fixed([Role.PARENT, Role.GUARDIAN])), CaseParty.relation.is_not(None)
    ),
)

SEEN: Select[Any] = (
    select(
        Case.id,
        Case.source,
        Case.subject,
        Case.state,
        Case.version,
        CaseParty.role,
        CaseParty.person_id,
        CaseParty.acts_for,
        Person.name_sealed,
    )
    .join(CaseParty, CaseParty.case_id == Case.id)
    .outerjoin(Person, Person.id == CaseParty.acts_for)
    .where(CaseParty.person_id == PERSON, IN_FORCE, Case.withheld.is_(False))
    # Whoever is also something else reads as the complainant first: false sorts before true.
    .order_by(*(CaseParty.role != role for role in _fixed(Role)), CaseParty.id)
)
SEEN_ONE = SEEN.where(Case.id == bindparam("case", type_=Uuid()))
SEEN_LINKED = SEEN.where(
    Case.source == bindparam("source"), Case.subject.in_(bindparam("subjects", expanding=True))
)

MINE = select(CaseParty.case_id).join(Case, Case.id == CaseParty.case_id)
VISIBLE = MINE.where(CaseParty.person_id == PERSON, IN_FORCE, Case.withheld.is_(False))
HIDDEN = select(func.count(func.distinct(CaseParty.case_id))).where(
    CaseParty.person_id == PERSON, CaseParty.case_id.not_in(VISIBLE)
)
# One read for both, where there is a case to stand beside.
SEEN_AND_HIDDEN = SEEN.add_columns(HIDDEN.correlate(None).scalar_subquery().label("hidden"))


def _state(session: Session, row: Row[Any]) -> State:
    """The state as stored; folded here from the events where it cannot be taken as it is."""
    if row.version == VERSION:  # a state folded by older rules is not shown
        try:
            return unpacked(row.state)
        except msgspec.ValidationError:
            LOG.error("a stored case cannot be read: fold the cases anew")  # noqa: TRY400 - the error's text may hold what was stored
    return folded(events_of(session, row.id), day_of)


def _seen(session: Session, rows: Sequence[Row[Any]]) -> SeenCase:
    """One case from the parts that the person has in it; the first tells as whom it is read."""
    row = rows[0]
    return SeenCase(
        row.id,
        row.source,
        row.subject,
        _state(session, row),
        Role(row.role),
        row.person_id,
        tuple(Represented(r.acts_for, r.name_sealed) for r in rows if r.acts_for is not None),
    )


def case_of(session: Session, person: UUID, case_id: UUID, today: date) -> SeenCase:
    """The case, as this person may see it today.

    Raises CaseNotFound when there is none, when it is another's, or when it is withheld.
    """
    bound = {"person": person, "today": today, "case": case_id}
    rows = session.connection().execute(SEEN_ONE, bound).all()
    if not rows:
        raise CaseNotFound
    return _seen(session, rows)


def cases_of(session: Session, person: UUID, today: date) -> list[SeenCase]:
    """All cases that this person may see today, each once."""
    return _each_once(
        session, session.connection().execute(SEEN, {"person": person, "today": today})
    )


def _each_once(session: Session, rows: Iterable[Row[Any]]) -> list[SeenCase]:
    parts: dict[UUID, list[Row[Any]]] = {}
    for row in rows:
        parts.setdefault(row.id, []).append(row)
    return [_seen(session, part) for part in parts.values()]


def cases_and_hidden(session: Session, person: UUID, today: date) -> tuple[list[SeenCase], int]:
    """All cases that this person may see today, and how many others there are or were."""
    bound = {"person": person, "today": today}
    rows = session.connection().execute(SEEN_AND_HIDDEN, bound).all()
    if not rows:
        return [], hidden_from(session, person, today)
    return _each_once(session, rows), rows[0].hidden


def hidden_from(session: Session, person: UUID, today: date) -> int:
    """How many cases this person has or had a part in, but may not see today."""
    return session.scalar(HIDDEN, {"person": person, "today": today}) or 0


def events_of(session: Session, case_id: UUID) -> list[Event]:
    """Everything told of a case that was already found by `case_of`."""
    return events_by_case(session, [case_id])[case_id]


def events_by_case(session: Session, case_ids: Collection[UUID]) -> dict[UUID, list[Event]]:
    """Everything told of each of these cases. One event that cannot be read hides no other."""
    told: dict[UUID, list[Event]] = {case_id: [] for case_id in case_ids}
    columns = select(
        CaseEvent.id,
        CaseEvent.case_id,
        CaseEvent.source,
        CaseEvent.event,
        CaseEvent.at,
        CaseEvent.type,
        CaseEvent.data,
        CaseEvent.sequence,
    )
    if not case_ids:
        return told
    rows = session.execute(
        columns.where(among(session, CaseEvent.case_id, case_ids)).order_by(
            CaseEvent.at, CaseEvent.sequence, CaseEvent.id
        )
    )
    for row in rows:
        data = readable(row.type, row.data)
        if is_unreadable(data):
            LOG.error("an event of a case cannot be read: number %d", row.id)
        told[row.case_id].append(Event(row.source, row.event, row.at, data, row.sequence))
    return told


def known_events(session: Session, keys: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the events, each a source and its id of it, that are stored already."""
    by_source: dict[str, list[str]] = {}
    for source, event in keys:
        by_source.setdefault(source, []).append(event)
    return {
        (source, event)
        for source, events in by_source.items()
        for event in session.scalars(
            select(CaseEvent.event).where(
                CaseEvent.source == source, among(session, CaseEvent.event, events)
            )
        )
    }


def ids_after(session: Session, case_id: UUID | None, limit: int) -> list[UUID]:
    """The next cases in the order of their ids: for work that goes through all of them."""
    every = select(Case.id).order_by(Case.id).limit(limit)
    return list(session.scalars(every if case_id is None else every.where(Case.id > case_id)))


def linked_to(
    session: Session, person: UUID, source: str, subjects: Sequence[str], today: date
) -> list[SeenCase]:
    """Those of the named cases that this person may see too, each once."""
    bound = {"person": person, "today": today, "source": source, "subjects": subjects}
    return _each_once(session, session.execute(SEEN_LINKED, bound))


def cases_numbered(session: Session, subject: str) -> list[UUID]:
    """The cases that a source calls so: for data protection, which may know that a case is."""
    return list(session.scalars(select(Case.id).where(Case.subject == subject)))


def numbers_of(session: Session, case_ids: Collection[UUID]) -> dict[UUID, str]:
    """What the sources call these cases: for data protection, as above."""
    columns = select(Case.id, Case.subject)
    rows = session.execute(columns.where(among(session, Case.id, case_ids)))
    return {row.id: row.subject for row in rows}


def codes_without_words(session: Session) -> list[WordlessCode]:
    """Codes that cases hold and that no text stands for, the most frequent first.

    No case is named: the owner of the texts needs the code, not whose it is.
    """
    held: dict[tuple[str, str], list[datetime]] = {}
    rows = session.execute(
        select(Case.changed_at, Case.state).where(Case.unknown_codes > 0).limit(MOST_WORDLESS)
    )
    for changed_at, state in rows:
        for key in _wordless(state):
            held.setdefault(key, []).append(changed_at)
    found = [
        WordlessCode(kind, code, len(seen), min(seen), max(seen))
        for (kind, code), seen in held.items()
    ]
    return sorted(found, key=lambda code: (-code.cases, code.kind, code.code))


def _wordless(stored: object) -> set[tuple[str, str]]:
    try:
        return {(unknown.kind, unknown.code) for unknown in unpacked(stored).unknown}
    except msgspec.ValidationError:  # told of where it is shown
        return set()
