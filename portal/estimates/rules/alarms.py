"""When the ranges of an area can no longer be trusted, and when again.

Checked on the first of each month, from what was known the evening before. Two questions: does the
area close as many cases as the model of two months ago expected? Did the ranges of the last
quarter hold, those counted as failed whose upper date passed while the case was open? Ranges that
are withheld go on being computed and scored, so that the way back follows from the same figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.estimates.words import Alarm, Check, Withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

FROZEN = 60  # days that the judged model is old
PERIOD = 30  # days over which closings are counted
QUARTER = 90  # days of which the scored ranges count
SLOW, FAST = 0.5, 1.5
ENOUGH_EXPECTED = 10.0
ENOUGH_SCORED = 30
POOR, GOOD = 0.65, 0.72
RUNNING = 2  # checks in a row


def off_pace(check: Check) -> bool:
    """Too few or too many closings. A month in which few are expected says nothing."""
    if check.expected < ENOUGH_EXPECTED:
        return False
    return not SLOW <= check.observed / check.expected <= FAST


def share_held(check: Check) -> float | None:
    """None: too few scored to tell."""
    return check.held / check.scored if check.scored >= ENOUGH_SCORED else None


def alarm_after(alarm: Alarm, checks: Sequence[Check]) -> Alarm:
    """The alarm after the last of the checks of an area, oldest first."""
    recent = checks[-RUNNING:]
    if not recent:
        return alarm
    held = share_held(recent[-1])
    paced = [not off_pace(check) for check in recent]
    if alarm.reason is None:
        if len(recent) == RUNNING and not any(paced):
            return Alarm(Withheld.PACE, recent[-1].on)
        if held is not None and held < POOR:
            return Alarm(Withheld.COVERAGE, recent[-1].on)
        return alarm
    trusted = all(share is None or share >= GOOD for share in map(share_held, recent))
    return Alarm() if all(paced) and trusted and len(recent) == RUNNING else alarm


def alarm_on(checks: Sequence[Check]) -> Alarm:
    """The alarm that a history of checks leads to: the same for any past night."""
    alarm = Alarm()
    for place in range(len(checks)):
        alarm = alarm_after(alarm, checks[: place + 1])
    return alarm
