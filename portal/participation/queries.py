"""Reads of participation: cohorts, and what was decided in a quarter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from portal.cases.models import Case
from portal.participation.models import ParticipationCohort, ParticipationToken
from portal.participation.rules import group_of, is_open, plans_of, quarter_of
from portal.participation.words import Invitation, Listed, Plan

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from portal.participation.words import Decided, Quarter

CHUNK = 5000  # cases in one statement, so that none runs long


def invitation_for(session: Session, decided: Decided, today: date) -> Invitation | None:
    """That the person may answer about the decision; None where nobody may. One read at most.

    The case must have been found for the person already.
    """
    if not is_open(decided, today):
        return None
    group = group_of(decided.area)
    for row in session.execute(_open_cohorts(decided)):
        # What was issued stays with its cohort, also where the area has been corrected since.
        if row.name == row.issued if row.issued else group in row.groups:
            return Invitation(
                row.name, row.public, row.issue_until, row.redeem_until, bool(row.issued)
            )
    return None


def _open_cohorts(decided: Decided) -> Select[Any]:
    """The cohorts of the decision's quarter, and by which the person was given a token."""
    issued = select(ParticipationToken.cohort).where(
        ParticipationToken.case_id == decided.case,
        ParticipationToken.decision == decided.number,
        ParticipationToken.person_id == decided.person,
    )
    return select(
        ParticipationCohort.name,
        ParticipationCohort.groups,
        ParticipationCohort.public,
        ParticipationCohort.issue_until,
        ParticipationCohort.redeem_until,
        issued.scalar_subquery().label("issued"),
    ).where(
        ParticipationCohort.issue_from == quarter_of(decided.on).first,
        ParticipationCohort.private_sealed.is_not(None),
    )


def wanted_cohorts(session: Session, today: date) -> list[Plan]:
    """The cohorts that have no key yet, of this quarter and the one before it."""
    this = quarter_of(today)
    kept = set(session.scalars(select(ParticipationCohort.issue_from).distinct()))
    missing = [quarter for quarter in (this.before, this) if quarter.first not in kept]
    if not missing:
        return []
    counts = decided_in(session, this.before)
    return [plan for quarter in missing for plan in plans_of(quarter, counts)]


def decided_in(session: Session, quarter: Quarter) -> Counter[str]:
    """How many cases stand at a decision of that quarter, by coarse area."""
    on = Case.state[("decision", "on")].as_string()
    columns = select(Case.id, Case.state["area"].as_string(), on, Case.withheld)
    counts: Counter[str] = Counter()
    after: UUID | None = None
    while True:
        every = columns if after is None else columns.where(Case.id > after)
        rows = session.execute(every.order_by(Case.id).limit(CHUNK)).all()
        for _, area, day, withheld in rows:
            if (
                day
                and not withheld
                and quarter.first.isoformat() <= day <= quarter.last.isoformat()
            ):
                counts[group_of(area)] += 1
        if len(rows) < CHUNK:
            return counts
        after = rows[-1][0]


def listed_cohorts(session: Session) -> list[Listed]:
    """All cohorts that there ever were, the oldest first."""
    rows = session.execute(
        select(
            ParticipationCohort.name,
            ParticipationCohort.public,
            ParticipationCohort.issue_from,
            ParticipationCohort.issue_until,
            ParticipationCohort.redeem_until,
        ).order_by(ParticipationCohort.issue_from, ParticipationCohort.name)
    )
    return [Listed(*row) for row in rows]
