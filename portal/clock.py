"""Time as people in Denmark count it: Copenhagen's days, working days and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SATURDAY = 5

# Offices are closed on these days too, so a last day that falls on one rolls over.
CLOSED_DAYS = ((6, 5), (12, 24), (12, 31))


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Copenhagen."""
    return moment.astimezone(COPENHAGEN)


def day_of(moment: datetime) -> date:
    """The calendar day in Copenhagen that a moment falls on."""
    return local(moment).date()


@lru_cache(maxsize=64)
def _days_off(year: int) -> frozenset[date]:
    # Building a country's calendar takes milliseconds, hence the cache.
    public = holidays.country_holidays("DK", years=year)
    return frozenset(public) | {date(year, month, day) for month, day in CLOSED_DAYS}


def is_working_day(day: date) -> bool:
    """Neither a weekend, a Danish public holiday, nor a day on which offices are closed."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it: where a last day rolls over to."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, `day` itself not counted.

    Raises ValueError for a negative count.
    """
    if count < 0:
        message = f"cannot count {count} working days"
        raise ValueError(message)
    while count:
        day = working_day_from(day + timedelta(days=1))
        count -= 1
    return day
