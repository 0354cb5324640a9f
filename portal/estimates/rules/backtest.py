"""What the estimate would have said over a past time, and what came of it.

Each block has the model of the evening before its first day; each month has its check of pace and
of what held. Nothing that came later is used, but to score.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.estimates.rules.alarms import (
    FROZEN,
    PERIOD,
    QUARTER,
    alarm_after,
    judged,
    summed,
)  # fmt: skip
from portal.estimates.rules.fitting import fit
from portal.estimates.rules.lookup import Standing, closing_share, remaining
from portal.estimates.words import Alarm, Check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.estimates.rules.fitting import Model
    from portal.estimates.rules.log import Flags, Floats, Ints, Log

AGES = np.array([0, 14, 28, 56, 91, 140, 182, 273, 365, 545, 730])
WARM_UP = 24  # months before the window whose forecasts only feed the first checks
ONE_BY_ONE = 200  # look-ups that are timed


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """One row a forecast. `days`: low, middle, high; NaN where the estimate itself gave none."""

    case: Ints
    made: Ints
    area: Ints
    days: Floats
    level: Ints
    reason: Ints
    never: Floats
    closed: Ints  # OPEN when the log ends before
    alarmed: Flags  # withheld by an alarm

    @property
    def given(self) -> Flags:
        return ~np.isnan(self.days[:, 0])


class Played(NamedTuple):
    forecasts: Forecasts
    fit_seconds: float  # of the largest model
    lookup_ms: float


def standing_of(log: Log, case: Ints, day: Ints) -> Standing:
    """Where cases stood at the end of the day."""
    stay = log.episode_on(case, day)
    begin = log.begin[stay]
    return Standing(
        log.stage[stay], day - begin, begin - log.received[case], log.area[case], log.unit[case]
    )


def play(log: Log, since: date, until: date, months: int) -> Played:
    """All forecasts made from `since` until the day before `until`."""
    begin = months_on(since, -WARM_UP)
    starts = [*month_starts(begin, since, months), *month_starts(since, until, months)]
    forecasts, seconds, model = _forecasts(log, starts, until)
    forecasts.alarmed[:] = _alarmed(log, forecasts, begin, until)
    own = forecasts.made >= since.toordinal()
    kept = Forecasts(*(getattr(forecasts, name)[own] for name in Forecasts.__slots__))
    return Played(kept, seconds, _lookup_ms(log, model, kept) if model else 0.0)


def forecasts_before(log: Log, day: date, months: int) -> Forecasts:
    """What would have been said in the two years before a day, refitted every so many months."""
    return _forecasts(log, [*month_starts(months_on(day, -WARM_UP), day, months)], day)[0]


def _forecasts(log: Log, starts: list[date], until: date) -> tuple[Forecasts, float, Model | None]:
    """The forecasts, the seconds of the longest fit, and the last model."""
    parts, seconds, model = [], 0.0, None
    for start, end in pairwise([*starts, until]):
        begun = perf_counter()
        model = fit(log, start.toordinal() - 1)
        seconds = max(seconds, perf_counter() - begun)
        parts.append(_block(log, model, start.toordinal(), min(end, until).toordinal()))
    case, made, *found = (np.concatenate(column) for column in zip(*parts, strict=True))
    days, level, _, reason, never = found
    return (
        Forecasts(case, made, log.area[case], days, level, reason, never,
                  log.closed[case], np.zeros(len(case), np.bool_)),
        seconds,
        model,
    )  # fmt: skip


def _block(log: Log, model: Model, start: int, end: int) -> tuple[Ints | Floats, ...]:
    day = log.received[:, None] + AGES
    open_then = (day >= start) & (day < end) & (day < log.closed[:, None]) & (day <= log.last)
    case, age = np.nonzero(open_then)
    made = day[case, age]
    return case, made, *remaining(model, standing_of(log, case, made))


def _alarmed(log: Log, forecasts: Forecasts, since: date, until: date) -> Flags:
    """Which forecasts an alarm in their area withheld."""
    alarms = [Alarm()] * len(log.areas)
    history: list[list[Check]] = [[] for _ in log.areas]
    withheld = np.zeros(len(forecasts.case), np.bool_)
    for month in month_starts(since, until, 1):
        for area, check in enumerate(checks_on(log, forecasts, month)):
            history[area].append(check)
            alarms[area] = alarm_after(alarms[area], history[area])
        on = np.array([alarm.reason is not None for alarm in alarms])
        start, end = month.toordinal(), months_on(month, 1).toordinal()
        now = (forecasts.made >= start) & (forecasts.made < end)
        withheld[now] = on[forecasts.area[now]]
    return withheld


def checks_on(log: Log, forecasts: Forecasts, day: date) -> list[Check]:
    """The check of each area on a day, from what was known the evening before."""
    own = raw_checks(log, forecasts, day)
    everywhere = summed(day, own)
    return [judged(check, everywhere) for check in own]


def raw_checks(log: Log, forecasts: Forecasts | None, day: date) -> list[Check]:
    """The figures of each area by itself; without forecasts only those of its pace."""
    night = day.toordinal() - 1
    then = night - PERIOD
    case = np.flatnonzero((log.received <= then) & (log.closed > then))
    standing = standing_of(log, case, np.full(len(case), then))
    share = closing_share(fit(log, night - FROZEN), standing, PERIOD)
    areas = len(log.areas)
    columns = [
        np.bincount(log.area[case], log.closed[case] <= night, areas),
        np.bincount(log.area[case], share, areas),
        *_scores(forecasts, night, areas),
    ]
    figures = np.stack(columns).astype(np.float64)
    return [_check(day, figures[:, area]) for area in range(areas)]


def _check(day: date, figures: Floats) -> Check:
    observed, expected, held, scored, due = (float(figure) for figure in figures)
    return Check(day, int(observed), expected, int(held), int(scored), due)


def _scores(forecasts: Forecasts | None, night: int, areas: int) -> list[Ints | Floats]:
    if forecasts is None:
        return [np.zeros(areas)] * 3
    scored, held = _scored(forecasts, night)
    return [
        np.bincount(forecasts.area[held], minlength=areas),
        np.bincount(forecasts.area[scored], minlength=areas),
        np.bincount(forecasts.area[scored], 1 - forecasts.never[scored], areas),
    ]


def _scored(forecasts: Forecasts, night: int) -> tuple[Flags, Flags]:
    """Forecasts scored in the quarter before the night, by closing or by passing; those held."""
    low, high = shown_bounds(forecasts)
    settled = np.minimum(forecasts.closed, high + 1)
    scored = forecasts.given & (settled <= night) & (settled > night - QUARTER)
    held = scored & (forecasts.closed >= low) & (forecasts.closed <= high)
    return scored, held


def shown_bounds(forecasts: Forecasts) -> tuple[Ints, Ints]:
    """The days of the bounds, outward to whole days."""
    days = np.nan_to_num(forecasts.days)
    low = forecasts.made + np.floor(days[:, 0]).astype(np.int64)
    return low, forecasts.made + np.ceil(days[:, -1]).astype(np.int64)


def month_starts(since: date, until: date, step: int) -> Iterator[date]:
    day = since
    while day < until:
        yield day
        day = months_on(day, step)


def months_on(day: date, months: int) -> date:
    """The first of a later (or earlier) month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _lookup_ms(log: Log, model: Model, forecasts: Forecasts) -> float:
    """Median milliseconds for one case."""
    taken = []
    for row in range(min(ONE_BY_ONE, len(forecasts.case))):
        standing = standing_of(log, forecasts.case[row : row + 1], forecasts.made[row : row + 1])
        begun = perf_counter()
        remaining(model, standing)
        taken.append(perf_counter() - begun)
    return float(np.median(taken)) * 1000 if taken else 0.0
