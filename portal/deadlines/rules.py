"""Which dates count for a case today, and which of them have passed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from portal.cases.rules import WORKING
from portal.cases.words import Outcome, Stage
from portal.clock import working_day_from
from portal.deadlines.words import Announced, Basis, Dates, Due, LimitKind, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.cases.words import State
    from portal.deadlines.words import Limit


REASSESSMENT = (LimitKind.STATUTORY, Step.REASSESSMENT)
STATUTORY = (LimitKind.STATUTORY, Step.DECISION)
TARGET = (LimitKind.TARGET, Step.DECISION)
OMBUDSMAN = (LimitKind.REMEDY, Step.OMBUDSMAN)
COMPLAINT = (LimitKind.REMEDY, Step.COMPLAINT)


def dates_of(state: State, limits: Sequence[Limit], today: date) -> Dates:
    """The dates that count for this case today."""
    if state.stage is Stage.REASSESSMENT:
        return Dates(reassessment=_due(limits, REASSESSMENT, state.area, state.filed, today))
    if state.stage in WORKING:
        return Dates(
            target=_due(limits, TARGET, state.area, state.clock_from, today),
            statutory=_due(limits, STATUTORY, state.area, state.clock_from, today),
            announced=_announced(state, today),
        )
    decision, again = state.decision, state.decided_again
    return Dates(
        ombudsman=_due(limits, OMBUDSMAN, state.area, decision.on, today)
        if decision and decision.outcome in set(Outcome)
        else None,
        complaint=_due(limits, COMPLAINT, state.area, again.on, today) if again else None,
    )


def _announced(state: State, today: date) -> Announced | None:
    if not state.announced:
        return None
    on = state.announced[-1].on
    return Announced(on, passed=today > on)


def _due(
    limits: Sequence[Limit],
    wanted: tuple[LimitKind, Step],
    area: str | None,
    start: date | None,
    today: date,
) -> Due | None:
    """The limit that was in force when the step began, as it falls for this case."""
    limit = limit_for(limits, wanted, area, start) if start else None
    if limit is None or start is None:
        return None
    on = last_day(limit, start)
    return Due(limit, on, passed=on is not None and today > on)


def limit_for(
    limits: Sequence[Limit], wanted: tuple[LimitKind, Step], area: str | None, day: date
) -> Limit | None:
    """The limit of a kind that is in force in an area on a day."""
    for limit in limits:
        if (limit.kind, limit.step) == wanted and _covers(limit, area, day):
            return limit
    return None


def _covers(limit: Limit, area: str | None, day: date) -> bool:
    in_force = limit.valid_from <= day and (limit.valid_to is None or day <= limit.valid_to)
    covered = (not limit.areas or area in limit.areas) and area not in limit.except_areas
    return in_force and covered


def last_day(limit: Limit, start: date) -> date | None:
    """The last day of a limit counted from `start`; None for an average.

    An authority's last day rolls over to a working day, so that nobody is called late too early.
    The reader's own last day does not, so that nobody relies on a day too many.
    """
    if limit.basis is Basis.AVERAGE:
        return None
    day = _years_after(start, limit.years or 0) + timedelta(weeks=limit.weeks or 0)
    return day if limit.kind is LimitKind.REMEDY else working_day_from(day)


def _years_after(day: date, years: int) -> date:
    """The same day of a later year; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
