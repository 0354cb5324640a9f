"""Writes of the estimate: what is said, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from sqlalchemy import bindparam, case, delete, func, select, update

from portal.estimates.models import (
    Estimate,
    EstimateCheck,
    EstimateNight,
    EstimateScore,
    EstimateTarget,
)
from portal.estimates.rules.figures import BANDS
from portal.rows import insert_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from portal.estimates.words import Check, Counted, Met, Saying

TABLE = cast("Table", Estimate.__table__)
OPEN = (Estimate.settled_on.is_(None), Estimate.first.is_not(None))
HELD = Estimate.held.is_(True)
SUPERSEDE = (
    update(TABLE)
    .where(TABLE.c.case_id == bindparam("of"), TABLE.c.version == bindparam("old"))
    .values(superseded_on=bindparam("since"))
)
# A range that was said when the case was closed already is not scored: nothing was foretold.
SETTLE = (
    update(TABLE)
    .where(
        TABLE.c.case_id == bindparam("of"),
        TABLE.c.settled_on.is_(None),
        TABLE.c.first.is_not(None),
        TABLE.c.last >= bindparam("closed"),
    )
    .values(
        settled_on=bindparam("closed"),
        held=case((TABLE.c.night < bindparam("closed"), TABLE.c.first <= bindparam("closed"))),
    )
)


def say(session: Session, said: Mapping[UUID, Saying]) -> None:
    """Add what is said anew of each of these cases; what was said before it is superseded."""
    if not said:
        return
    old = [
        {"of": key, "old": saying.version - 1, "since": saying.night}
        for key, saying in said.items()
        if saying.version > 1
    ]
    if old:
        session.connection().execute(SUPERSEDE, old)
    insert_rows(session, Estimate, [_row(*item) for item in said.items()])


def _row(case_id: UUID, saying: Saying) -> dict[str, object]:
    told = saying.range
    return {
        "case_id": case_id,
        "version": saying.version,
        "night": saying.night,
        "spell": saying.spell,
        "stage": saying.stage,
        "area": saying.area,
        "unit": saying.unit,
        "age": saying.age,
        "first": told and told.first,
        "middle": told and told.middle,
        "last": told and told.last,
        "reason": saying.reason,
        "move": saying.move,
        "level": saying.level,
        "closings": saying.closings,
        "never": saying.never,
        "late_since": saying.late_since,
    }


def settle_closed(session: Session, closed: Mapping[UUID, date]) -> None:
    """Score all ranges of cases that have been closed, but those whose upper date had passed."""
    rows = [{"of": key, "closed": day} for key, day in closed.items()]
    if rows:
        session.connection().execute(SETTLE, rows)


def settle_passed(session: Session, night: date) -> None:
    """Score the ranges whose upper date had passed before the night. They did not hold."""
    passed = select(Estimate.last).distinct().where(*OPEN, Estimate.last < night)
    for last in session.scalars(passed.order_by(Estimate.last)).all():
        if last is None:  # not among those asked for
            continue
        session.execute(
            update(Estimate)
            .where(*OPEN, Estimate.last == last)
            .values(settled_on=last + timedelta(days=1), held=False)
            .execution_options(synchronize_session=False)
        )


def add_up(session: Session, since: date) -> None:
    """Count anew what was scored, and what held, in the month of this day and in later ones."""
    first = since.replace(day=1)
    session.execute(delete(EstimateScore).where(EstimateScore.month >= first))
    band = case(*((Estimate.age >= least, least) for least in reversed(BANDS[1:])), else_=BANDS[0])
    month = func.extract("month", Estimate.settled_on), func.extract("year", Estimate.settled_on)
    hidden = Estimate.reason.is_not(None)
    found = session.execute(
        select(
            *month, Estimate.area, Estimate.unit, band,
            func.count().filter(~hidden), func.count().filter(~hidden, HELD),
            func.count().filter(hidden), func.count().filter(hidden, HELD),
        )
        .where(Estimate.settled_on >= first, Estimate.held.is_not(None))
        .group_by(*month, Estimate.area, Estimate.unit, band)
    )  # fmt: skip
    names = ("area", "unit", "band", "scored", "held", "hidden_scored", "hidden_held")
    rows = [
        {"month": first.replace(year=int(year), month=int(number)),
         **dict(zip(names, figures, strict=True))}
        for number, year, *figures in found
    ]  # fmt: skip
    insert_rows(session, EstimateScore, rows)


def keep_checks(session: Session, on: date, checks: Mapping[str, Check]) -> None:
    """Keep what was found on a day about each area."""
    session.execute(delete(EstimateCheck).where(EstimateCheck.on == on))
    rows = [
        {"on": on, "area": area, "observed": check.observed, "expected": check.expected,
         "held": check.held, "scored": check.scored, "due": check.due}
        for area, check in checks.items()
    ]  # fmt: skip
    insert_rows(session, EstimateCheck, rows)


def keep_targets(session: Session, night: date, met: Mapping[str, Met]) -> None:
    """Keep how often each area meets its target now."""
    session.execute(delete(EstimateTarget))
    rows = [
        {"area": area, "night": night, "weeks": one.weeks, "closed": one.closed, "met": one.met}
        for area, one in met.items()
    ]
    insert_rows(session, EstimateTarget, rows)


def keep_night(session: Session, counted: Counted, events: int, now: datetime) -> None:
    """Write down that a night was counted, from which events."""
    session.execute(delete(EstimateNight).where(EstimateNight.night == counted.night))
    session.add(
        EstimateNight(
            night=counted.night,
            events=events,
            counted_at=now,
            open_cases=counted.open_cases,
            ranges=counted.ranges,
        )
    )
    session.flush()
