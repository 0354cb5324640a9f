"""The alarms in operation: which checks are due, what they find, and what follows from them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portal.estimates.rules.alarms import MEMORY, RUNNING, alarm_on, judged, summed
from portal.estimates.rules.backtest import (
    forecasts_before,
    month_starts,
    months_on,
    raw_checks,
)
from portal.estimates.rules.saying import EVERYWHERE
from portal.estimates.words import Check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.estimates.rules.log import Log
    from portal.estimates.words import Alarm

# Of a younger ledger, mostly ranges of cases that were soon closed have been scored: it would look
# worse than it is. Until then its place is taken by what would have been said.
GROWN = timedelta(days=365)
REFIT = 3  # months: of what would have been said


def months_due(last: date | None, night: date) -> list[date]:
    """The firsts of months, up to the morning after a night, whose check is still missing."""
    morning = night + timedelta(days=1)
    if last is None:
        return [morning] if morning.day == 1 else []
    return list(month_starts(months_on(last, 1), morning + timedelta(days=1), 1))


def monthly_checks(
    log: Log, on: date, begun: date | None, held: Mapping[str, tuple[int, int, float]]
) -> dict[str, Check]:
    """What is found about each area on a day.

    `begun`: the first night of the ledger; `held`: what it says of the quarter before.
    """
    if begun is None or begun > on - GROWN:
        forecasts = forecasts_before(log, on, REFIT)
        return dict(zip(log.areas, raw_checks(log, forecasts, on), strict=True))
    found = zip(log.areas, raw_checks(log, None, on), strict=True)
    nothing = 0, 0, 0.0
    return {area: _with(check, *held.get(area, nothing)) for area, check in found}


def _with(check: Check, held: int, scored: int, due: float) -> Check:
    return replace(check, held=held, scored=scored, due=due)


def first_checks(log: Log, night: date) -> dict[date, dict[str, Check]]:
    """The checks of the two years before a night, as they would have been."""
    morning = night + timedelta(days=1)
    months = list(month_starts(months_on(morning, -MEMORY - RUNNING), morning, 1))
    forecasts = forecasts_before(log, morning, REFIT)
    return {
        on: dict(zip(log.areas, raw_checks(log, forecasts, on), strict=True))
        for on in (*months, *(() if morning.day > 1 else (morning,)))
    }


def alarms_from(checks: Mapping[date, Mapping[str, Check]]) -> dict[str, Alarm]:
    """The alarm of each area after all checks, and of those that were never checked."""
    areas = {area for found in checks.values() for area in found}
    history: dict[str, list[Check]] = {area: [] for area in (*areas, EVERYWHERE)}
    for on in sorted(checks):
        everywhere = summed(on, list(checks[on].values()))
        for area, past in history.items():
            past.append(judged(checks[on].get(area, Check(on, 0, 0.0, 0, 0, 0.0)), everywhere))
    return {area: alarm_on(past) for area, past in history.items()}
