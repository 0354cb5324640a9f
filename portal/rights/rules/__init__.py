"""Deadlines, days on which something has been kept long enough, and whose an event is."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from portal.clock import COPENHAGEN, day_of

if TYPE_CHECKING:
    from uuid import UUID

    from portal.rights.words import Period

MONTHS = 12
HIDDEN = "••••"
ANSWER_MONTHS = 1  # article 12(3) of the General Data Protection Regulation


def about_text(request: UUID) -> str:
    """What the sealed text of a request is tied to."""
    return f"request {request} text"


def about_answer(request: UUID) -> str:
    """What the sealed answer to a request is tied to."""
    return f"request {request} answer"


def masked(cpr: str) -> str:
    """A CPR number as it may be shown: the day of birth alone."""
    return f"{cpr[:6]}-{HIDDEN}"


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last that it has."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year = day.year + years
    longest = calendar.monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, longest))


def due_of(made_at: datetime) -> date:
    """The last day of the answer.

    It is not moved past a weekend, as the law might allow: the earlier day holds in any case.
    """
    return months_after(day_of(made_at), ANSWER_MONTHS)


def last_day(day: date, period: Period) -> date:
    """The last day on which something is kept whose time began on this day."""
    return months_after(day, period.months) + timedelta(days=period.days)


def first_kept(today: date, period: Period) -> date:
    """The earliest day whose data are still kept today; what began before it goes.

    Counted forwards, as `last_day` does: backwards from the end of a month the two would differ.
    """
    earliest = months_after(today - timedelta(days=period.days), -period.months)
    while last_day(earliest, period) >= today:
        earliest -= timedelta(days=1)
    while last_day(earliest, period) < today:
        earliest += timedelta(days=1)
    return earliest


def begin_of(day: date) -> datetime:
    """The first moment of a day in Copenhagen."""
    return datetime.combine(day, time(), COPENHAGEN)


def kept_from(now: datetime, period: Period) -> datetime:
    """The first moment that is still kept; what came before it goes."""
    return begin_of(first_kept(day_of(now), period))
