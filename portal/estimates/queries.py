"""Reads of the estimate: of the cases it is made from, of what was said, and of what held."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import (
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    text,
    type_coerce,
)

from portal.cases.models import Case, CaseEvent
from portal.cases.rules import TYPES, counted_texts
from portal.clock import COPENHAGEN, day_of
from portal.db import Instant
from portal.estimates.models import (
    Estimate,
    EstimateCheck,
    EstimateNight,
    EstimateScore,
    EstimateTarget,
)
from portal.estimates.rules.alarms import QUARTER
from portal.estimates.rules.courses import KINDS, courses_from
from portal.estimates.rules.figures import NOTICE, word_by
from portal.estimates.words import (
    Check,
    Held,
    Level,
    Met,
    Move,
    Owed,
    Range,
    Saying,
    Told,
    Withheld,
)
from portal.rows import on_postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.orm import Session

    from portal.cases.words import Happening
    from portal.estimates.words import Course

LOG = logging.getLogger("indblik.estimates")
PATIENCE = "10min"  # for one statement of the night
MOST_OWED = 200  # rows of a page
LATE_NEWS = 100  # days: closings that are told later change no monthly figure
READ = [name for name, kind in TYPES.items() if kind in KINDS]

SAID: Select[*tuple[Any, ...]] = select(Estimate.__table__)
# Built once: building a statement takes as long as running it.
TOLD: Select[*tuple[Any, ...]] = (
    SAID.add_columns(EstimateTarget.weeks, EstimateTarget.closed, EstimateTarget.met)
    .outerjoin(EstimateTarget, EstimateTarget.area == Estimate.area)
    .order_by(Estimate.version)
)
TOLD_ONE = TOLD.where(Estimate.case_id == bindparam("case", type_=Uuid()))
TOLD_NOW = SAID.where(
    Estimate.case_id.in_(bindparam("cases", expanding=True)), Estimate.superseded_on.is_(None)
)
CHUNK = SAID.where(
    Estimate.case_id.between(bindparam("first", type_=Uuid()), bindparam("final", type_=Uuid()))
)
COUNTED_AS = (EstimateScore.scored, EstimateScore.held,
              EstimateScore.hidden_scored, EstimateScore.hidden_held)  # fmt: skip


# One row a case: hundreds of thousands of cases are read at a time, and each row costs.
AT_UTC = func.to_char(func.timezone("UTC", CaseEvent.at), "YYYY-MM-DD HH24:MI:SS.US")
BEFORE = and_(
    CaseEvent.case_id.between(bindparam("first", type_=Uuid()), bindparam("last", type_=Uuid())),
    CaseEvent.at < bindparam("until", type_=Instant()),
    CaseEvent.id <= bindparam("newest"),
    CaseEvent.type.in_(bindparam("types", expanding=True)),
)
TELLING = CaseEvent.sequence, CaseEvent.type, CaseEvent.source, CaseEvent.event
TOLD_POSTGRESQL = select(
    CaseEvent.case_id,
    cast(func.json_agg(func.json_build_array(AT_UTC, *TELLING, CaseEvent.data)), String),
).where(BEFORE)
TOLD_SQLITE = select(
    CaseEvent.case_id,
    func.json_group_array(
        func.json_array(type_coerce(CaseEvent.at, String), *TELLING, func.json(CaseEvent.data))
    ),
).where(BEFORE)
TEXTS = msgspec.json.Decoder(list[tuple[str, int, str, str, str, msgspec.Raw]])


# --- What the estimate is made from.


def patient(session: Session) -> None:
    """Let this transaction's statements take their time: nobody waits for a page here."""
    if on_postgresql(session):
        session.execute(text(f"SET LOCAL statement_timeout = '{PATIENCE}'"))


def end_of(night: date) -> datetime:
    """The first moment that is no longer of this night."""
    return datetime.combine(night + timedelta(days=1), time(), COPENHAGEN)


def newest_event(session: Session) -> int:
    """The number of the newest event; 0 without any. Events are numbered as they come in."""
    return session.scalar(select(func.max(CaseEvent.id))) or 0


def _told_before(
    session: Session, cases: tuple[UUID, UUID], until: datetime, newest: int
) -> dict[UUID, list[tuple[Happening, date]]]:
    """What had been told of the cases from one id to another, and had happened.

    In the order in which it counts, each with its day. `newest` is the last event that counts as
    told. A case whose events cannot be read is left out.
    """
    told: dict[UUID, list[tuple[Happening, date]]] = {}
    broken = 0
    bound = {"first": cases[0], "last": cases[1], "until": until, "newest": newest}
    query = (TOLD_POSTGRESQL if on_postgresql(session) else TOLD_SQLITE).group_by(CaseEvent.case_id)
    for case_id, events in session.connection().execute(query, {**bound, "types": READ}):
        try:
            told[case_id] = counted_texts(TEXTS.decode(events), day_of)
        except msgspec.MsgspecError:
            broken += 1
    if broken:
        LOG.error("the events of %d cases cannot be read", broken)
    return told


def courses_of_cases(
    session: Session, cases: tuple[UUID, UUID], night: date, newest: int
) -> list[Course]:
    """The courses of the cases from one id to another, of those that have any.

    As they were known at the end of the night, from events up to `newest`.
    """
    told = _told_before(session, cases, end_of(night), newest)
    return [course for case, events in told.items() for course in courses_from(case.hex, events)]


def last_sayings(
    session: Session, cases: tuple[UUID, UUID], before: date | None = None
) -> dict[UUID, Saying]:
    """What was said last of the cases from one id to another: now, or before a night."""
    newest: ColumnElement[bool] = Estimate.superseded_on.is_(None)
    if before:
        newest = and_(Estimate.night < before, or_(newest, Estimate.superseded_on >= before))
    rows = session.execute(CHUNK.where(newest), {"first": cases[0], "final": cases[1]})
    return {row.case_id: _saying(row) for row in rows}


def sayings_of_night(session: Session, cases: tuple[UUID, UUID], night: date) -> dict[UUID, Saying]:
    """What was said on a night of the cases from one id to another."""
    bound = {"first": cases[0], "final": cases[1]}
    rows = session.execute(CHUNK.where(Estimate.night == night), bound)
    return {row.case_id: _saying(row) for row in rows}


def _saying(row: Row[Any]) -> Saying:
    told = Range(row.first, row.middle, row.last) if row.first else None
    return Saying(
        version=row.version,
        night=row.night,
        spell=row.spell,
        stage=row.stage,
        area=row.area,
        unit=row.unit,
        age=row.age,
        range=told,
        reason=Withheld(row.reason) if row.reason else None,
        move=Move(row.move),
        level=Level(row.level),
        closings=row.closings,
        never=row.never,
        late_since=row.late_since,
    )


# --- Nights and checks.


def last_night(session: Session) -> date | None:
    """The newest night that was counted."""
    return session.scalar(select(func.max(EstimateNight.night)))


def first_night(session: Session) -> date | None:
    """The night with which the ledger begins."""
    return session.scalar(select(func.min(EstimateNight.night)))


def events_known(session: Session, night: date) -> int | None:
    """The newest event that was known when this night was counted; None if it was not."""
    return session.scalar(select(EstimateNight.events).where(EstimateNight.night == night))


def checks_until(session: Session, day: date) -> dict[date, dict[str, Check]]:
    """The checks up to a day, by day and area, oldest first."""
    found: dict[date, dict[str, Check]] = {}
    query = select(EstimateCheck).where(EstimateCheck.on <= day)
    for row in session.scalars(query.order_by(EstimateCheck.on, EstimateCheck.area)):
        check = Check(row.on, row.observed, row.expected, row.held, row.scored, row.due)
        found.setdefault(row.on, {})[row.area] = check
    return found


def held_lately(session: Session, night: date) -> dict[str, tuple[int, int, float]]:
    """Of the ranges scored in the quarter up to a night: held, scored, and due, by area."""
    window = Estimate.settled_on.between(night - timedelta(days=QUARTER - 1), night)
    rows = session.execute(
        select(
            Estimate.area,
            func.count().filter(Estimate.held.is_(True)),
            func.count(),
            func.sum(1 - Estimate.never),
        )
        .where(window, Estimate.held.is_not(None))
        .group_by(Estimate.area)
    )
    return {area: (held, scored, float(due)) for area, held, scored, due in rows}


# --- What pages show.


def told_of(session: Session, case: UUID) -> Told | None:
    """All that was said of a case that the reader may see; None where nothing was said yet."""
    rows = session.connection().execute(TOLD_ONE, {"case": case}).all()
    if not rows:
        return None
    newest = rows[-1]
    met = None if newest.weeks is None else Met(newest.weeks, newest.closed, newest.met)
    return Told(tuple(_saying(row) for row in rows), met)


def told_now(session: Session, cases: Sequence[UUID]) -> dict[UUID, Told]:
    """What is said now of each of these cases, without its history."""
    rows = session.execute(TOLD_NOW, {"cases": list(cases)}) if cases else ()
    return {row.case_id: Told((_saying(row),), None) for row in rows}


def held_by(session: Session, group: str, since: date, until: date) -> dict[Any, Held]:
    """What held, by `area`, `unit`, `band` or `month`, from one month to before another."""
    column: ColumnElement[Any] = getattr(EstimateScore, group)
    rows = session.execute(
        select(column, *(func.sum(counted) for counted in COUNTED_AS))
        .where(EstimateScore.month >= since, EstimateScore.month < until)
        .group_by(column)
        .order_by(column)
    )
    return {key: Held(*map(int, figures)) for key, *figures in rows}


def owed_words(session: Session, today: date) -> list[Owed]:
    """Open cases within 14 days of their upper date, or past it; the latest first."""
    newest = Estimate.superseded_on.is_(None)
    near = and_(Estimate.reason.is_(None), Estimate.last <= today + NOTICE)
    late = and_(
        Estimate.late_since.is_not(None),
        or_(Estimate.reason.is_(None), Estimate.reason != Withheld.ENDED),
    )
    query: Select[*tuple[Any, ...]] = (
        select(Case.source, Case.subject, Estimate.area, Estimate.last, Estimate.late_since)
        .join(Case, Case.id == Estimate.case_id)
        .where(newest, or_(near, late))
        .order_by(func.coalesce(Estimate.late_since, Estimate.last), Case.subject)
        .limit(MOST_OWED)
    )
    return [
        Owed(source, subject, area, late or last, bool(late) or last < today,
             word_by(late or last, today))
        for source, subject, area, last, late in session.execute(query)
    ]  # fmt: skip
