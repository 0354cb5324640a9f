"""Small sums about what was said: bands, quarters, and by when a word is owed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from portal.deadlines.rules import limit_for
from portal.deadlines.words import LimitKind, Step
from portal.estimates.rules.groups import MINIMUM
from portal.estimates.words import Met

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.deadlines.words import Limit
    from portal.estimates.rules.log import Log

NOTICE = timedelta(days=14)  # before an upper date, somebody is to look at the case
AGAIN = timedelta(weeks=4)  # after an upper date that passed, and after each word since
YEAR = 365
BANDS = (0, 91, 182, 365)  # days of age when a range was said
QUARTER_MONTHS = 3


def word_by(last: date, today: date) -> date:
    """By when the next word comes to whoever has waited beyond an upper date.

    Four weeks after that date, and every four weeks again. Before it has passed: that date itself.
    """
    if last >= today:
        return last
    rounds = (today - last - timedelta(days=1)) // AGAIN + 1
    return last + rounds * AGAIN


def band_of(age: int) -> int:
    """The least age, in days, of the band that an age belongs to."""
    return max(least for least in BANDS if least <= max(age, 0))


def quarter_before(day: date) -> tuple[date, date]:
    """The last whole quarter: its first day, and the first day after it."""
    end = date(day.year, day.month - (day.month - 1) % QUARTER_MONTHS, 1)
    months = end.year * 12 + end.month - 1 - QUARTER_MONTHS
    return date(months // 12, months % 12 + 1, 1), end


def year_before(day: date) -> date:
    """The first of the month eleven months before this one."""
    months = day.year * 12 + day.month - 1 - 11
    return date(months // 12, months % 12 + 1, 1)


def targets_met(log: Log, limits: Sequence[Limit], night: date) -> dict[str, Met]:
    """How often each area met its target in the last year; only where there is enough to tell."""
    met: dict[str, Met] = {}
    until = night.toordinal()
    lately = (log.closed <= until) & (log.closed > until - YEAR)
    took = log.closed - log.received
    for code, area in enumerate(log.areas):
        target = limit_for(limits, (LimitKind.TARGET, Step.DECISION), area, night)
        own = lately & (log.area == code)
        closed = int(np.count_nonzero(own))
        if target and target.weeks and closed >= MINIMUM:
            within = int(np.count_nonzero(took[own] <= target.weeks * 7))
            met[area] = Met(target.weeks, closed, within)
    return met
