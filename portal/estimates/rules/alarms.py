"""When the ranges of an area can no longer be trusted, and when again.

Checked on the first of each month, from what was known the evening before. Two questions: does the
area close as many cases as the model of two months ago expected? Did the ranges of the last
quarter hold, those counted as failed whose upper date passed while the case was open? Ranges that
are withheld go on being computed and scored, so that the way back follows from the same figures.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

from portal.estimates.words import Alarm, Check, Withheld

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

FROZEN = 60  # days that the judged model is old
PERIOD = 30  # days over which closings are counted
QUARTER = 90  # days of which the scored ranges count
SLOW, FAST = 0.5, 1.5
ENOUGH_EXPECTED = 20.0
ENOUGH_SCORED = 100  # about three forecasts a case: some 30 cases
POOR, GOOD = 0.65, 0.72
RUNNING = 2  # checks in a row
REPEATED = 730  # days: each alarm in them makes the way back RUNNING checks longer
MEMORY = 24  # checks that tell how much an area's closings swing when nothing is wrong
SWING = 3.0  # standard deviations of two checks together
MEDIAN_OF_SQUARE = 0.455  # of a standard normal variable squared


def judged(own: Check, everywhere: Check) -> Check:
    """The check of an area; what it has too little of is taken from all areas together."""
    if own.expected < ENOUGH_EXPECTED:
        own = replace(own, observed=everywhere.observed, expected=everywhere.expected)
    if own.scored < ENOUGH_SCORED:
        own = replace(own, held=everywhere.held, scored=everywhere.scored, due=everywhere.due)
    return own


def summed(on: date, checks: Sequence[Check]) -> Check:
    """All areas together."""
    return Check(
        on,
        sum(check.observed for check in checks),
        sum(check.expected for check in checks),
        sum(check.held for check in checks),
        sum(check.scored for check in checks),
        sum(check.due for check in checks),
    )


def off_pace(check: Check) -> bool:
    """Too few or too many closings. A month in which few are expected says nothing."""
    if check.expected < ENOUGH_EXPECTED:
        return False
    return not SLOW <= check.observed / check.expected <= FAST


def unusual(checks: Sequence[Check]) -> bool:
    """The last checks are off by more than such an area is now and then.

    Where closings come in batches, a month without any tells nothing. The median of past swings
    says so, and one shock in two years does not move it.
    """
    past = [check for check in checks[-MEMORY - RUNNING : -RUNNING] if check.expected > 0]
    swings = [(check.observed - check.expected) ** 2 / check.expected for check in past]
    spread = max(median(swings) / MEDIAN_OF_SQUARE, 1.0) if swings else 1.0
    observed = sum(check.observed for check in checks[-RUNNING:])
    expected = sum(check.expected for check in checks[-RUNNING:])
    return abs(observed - expected) > SWING * sqrt(spread * expected)


def share_held(check: Check) -> float | None:
    """Of the ranges whose case was expected ever to close. None: too few scored to tell."""
    if check.scored < ENOUGH_SCORED or check.due <= 0:
        return None
    return check.held / check.due


def alarm_after(alarm: Alarm, checks: Sequence[Check]) -> Alarm:
    """The alarm after the last of the checks of an area, oldest first."""
    if len(checks) < RUNNING:
        return alarm
    on = checks[-1].on
    shares = [share_held(check) for check in checks[-RUNNING:]]
    off = [off_pace(check) for check in checks[-RUNNING:]]
    wrong_pace = all(off) and unusual(checks)
    if alarm.reason is None:
        poor = all(share is not None and share < POOR for share in shares)
        reason = Withheld.PACE if wrong_pace else Withheld.COVERAGE if poor else None
        return Alarm(reason, on, _lately(alarm, on), 0) if reason else alarm
    fine = not wrong_pace and (shares[-1] is None or shares[-1] >= GOOD)
    calm = alarm.calm + 1 if fine else 0
    if calm >= RUNNING * len(alarm.raised):
        return Alarm(None, on, alarm.raised)
    return replace(alarm, calm=calm)


def _lately(alarm: Alarm, on: date) -> tuple[date, ...]:
    return (*(day for day in alarm.raised if (on - day).days <= REPEATED), on)


def alarm_on(checks: Sequence[Check]) -> Alarm:
    """The alarm that a history of checks leads to: the same for any past night."""
    alarm = Alarm()
    for place in range(len(checks)):
        alarm = alarm_after(alarm, checks[: place + 1])
    return alarm
