"""What of an estimate is shown: whole weeks, no small moves, and a reason for each move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import ceil, floor
from typing import TYPE_CHECKING

from portal.estimates.words import Move, Range, Said, Withheld

if TYPE_CHECKING:
    from portal.estimates.words import Remaining

WEEK = timedelta(weeks=1)
TOMORROW = timedelta(days=1)
MAX_DAYS = 3650  # a range that ends later than in ten years is none


def range_from(remaining: Remaining, today: date) -> Range | None:
    """Outward to whole weeks, Monday to Sunday; never in the past.

    The week that has begun is shown from tomorrow on.
    """
    low, middle, high = remaining.low, remaining.middle, remaining.high
    if low is None or middle is None or high is None or not high <= MAX_DAYS:
        return None
    first = today + timedelta(days=floor(max(low, 1)))
    median = today + timedelta(days=ceil(max(middle, 1)))
    last = today + timedelta(days=ceil(max(high, 1)))
    monday, sunday = first - timedelta(first.weekday()), last + timedelta(6 - last.weekday())
    begin = max(monday, today + TOMORROW)
    if sunday - begin < WEEK - TOMORROW:
        sunday += WEEK
    return Range(begin, min(max(median, begin), sunday), sunday)


def ahead(told: Range, today: date) -> Range | None:
    """What is left of a range that was told earlier; None once its upper date has passed."""
    if told.last <= today:
        return None
    first = max(told.first, today + TOMORROW)
    return Range(first, max(told.middle, first), told.last)


def next_said(
    before: Said | None, now: Said, today: date, again: Range | None = None
) -> tuple[Said, Move | None]:
    """What is said tonight, and why it is another thing than last time; None: it is not.

    A range stands until a bound would move by more than a week. `again` is what tonight's model
    would have said on the night on which the last one was told. Where that is what was told,
    waiting alone has moved it.
    """
    if now.range is None:
        silent = before is not None and (before.range, before.reason, before.spell) == (
            None,
            now.reason,
            now.spell,
        )
        return now, None if silent else Move.WITHHELD
    if before is None:
        return now, Move.FIRST
    if before.range is None or before.spell != now.spell:
        return now, _anew(before, now)
    if before.range.last <= today:
        return now, Move.PASSED
    if _close(before.range, now.range, today):
        return replace(now, range=before.range), None
    return now, _why(before, now, again, today)


def _anew(before: Said, now: Said) -> Move:
    return Move.RETURNED if before.spell == now.spell else Move.REOPENED


def _close(old: Range, new: Range, today: date) -> bool:
    """No bound moves by more than a week. A first day that has been reached does not count.

    Bounds are rounded to weeks, so that one week more or less may be a matter of hours.
    """
    reached = old.first <= today + WEEK and new.first <= today + WEEK
    return (reached or abs(new.first - old.first) <= WEEK) and abs(new.last - old.last) <= WEEK


def _why(before: Said, now: Said, again: Range | None, today: date) -> Move:
    if before.stage != now.stage:
        return Move.STAGE
    if again and before.range and _close(before.range, again, today):
        return Move.WAITED
    later = before.range and now.range and now.range.last > before.range.last
    return Move.SLOWER if later else Move.FASTER


def withheld_because(
    *, ended: bool, suspended: bool, urgent: bool, alarm: Withheld | None, own: Withheld | None
) -> Withheld | None:
    """The first reason that holds, from the case's own to the area's to the estimate's."""
    if ended:
        return Withheld.ENDED
    if suspended:
        return Withheld.SUSPENDED
    if urgent:
        return Withheld.URGENT
    return alarm or own
