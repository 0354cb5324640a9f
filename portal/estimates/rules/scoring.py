"""How well forecasts held: the figures of a backtest.

A forecast is scored when its case was closed before the log ends. One whose case is still open
has no error and no interval score; once its upper date has passed it is known to have failed and
counts in `coverage80_with_open`. The interval score (Winkler) of an 80 % interval is its width
plus ten times the days by which the closing missed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from portal.estimates.rules.backtest import shown_bounds
from portal.estimates.rules.log import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.estimates.rules.backtest import Forecasts
    from portal.estimates.rules.log import Flags, Log

PENALTY = 2 / 0.2
JULY = 7


@dataclass(frozen=True, slots=True)
class Score:
    """Days, shares. None where nothing was scored."""

    n: int
    mae_days: float | None
    coverage80: float | None
    mean_width_days: float | None
    interval_score: float | None
    coverage80_with_open: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """`all` with the forecasts that an alarm withheld, `shown` without them."""

    all: Score
    shown: Score
    forecasts: int
    share_withheld: float  # by an alarm
    share_without: float  # the estimate itself gave none


def scores(forecasts: Forecasts, log: Log, chosen: Flags) -> Scores:
    """Of the chosen forecasts."""
    count = int(np.count_nonzero(chosen))
    given = chosen & forecasts.given
    alarmed = np.count_nonzero(given & forecasts.alarmed)
    return Scores(
        all=_score(forecasts, log, given),
        shown=_score(forecasts, log, given & ~forecasts.alarmed),
        forecasts=count,
        share_withheld=float(alarmed / max(count, 1)),
        share_without=float(1 - np.count_nonzero(given) / max(count, 1)),
    )


def by_area(forecasts: Forecasts, log: Log) -> dict[str, Scores]:
    return {
        name: scores(forecasts, log, forecasts.area == code)
        for code, name in enumerate(log.areas)
        if np.any(forecasts.area == code)
    }


def by_half_year(forecasts: Forecasts, log: Log) -> dict[str, Scores]:
    return _by_time(forecasts, log, lambda day: f"{day.year}-{1 if day.month < JULY else 2}")


def by_month(forecasts: Forecasts, log: Log) -> dict[str, Scores]:
    return _by_time(forecasts, log, lambda day: f"{day:%Y-%m}")


def _by_time(forecasts: Forecasts, log: Log, name_of: Callable[[date], str]) -> dict[str, Scores]:
    days, place = np.unique(forecasts.made, return_inverse=True)
    names = np.array([name_of(date.fromordinal(int(day))) for day in days])[place]
    return {str(name): scores(forecasts, log, names == name) for name in np.unique(names)}


def _score(forecasts: Forecasts, log: Log, chosen: Flags) -> Score:
    low, high = shown_bounds(forecasts)
    held = (forecasts.closed >= low) & (forecasts.closed <= high)
    closed = chosen & (forecasts.closed < OPEN)
    passed = chosen & (forecasts.closed == OPEN) & (high < log.last)
    count = int(np.count_nonzero(closed))
    settled = count + int(np.count_nonzero(passed))
    with_open = float(np.count_nonzero(held & closed) / settled) if settled else None
    if not count:
        return Score(0, None, None, None, None, with_open)
    first, middle, last = forecasts.days[closed].T
    took = (forecasts.closed - forecasts.made)[closed]
    missed = np.maximum(first - took, 0) + np.maximum(took - last, 0)
    return Score(
        n=count,
        mae_days=float(np.mean(np.abs(took - middle))),
        coverage80=float(np.mean(missed == 0)),
        mean_width_days=float(np.mean(last - first)),
        interval_score=float(np.mean(last - first + PENALTY * missed)),
        coverage80_with_open=with_open,
    )
