"""When a cohort is over, and where what is left in its pool goes.

A name says the quarter of its decisions: <year>-<quarter>-<group>.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from portal.answers.rules import GRACE
from portal.answers.rules.pools import is_ripe, together
from portal.answers.words import Pool

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.answers.words import Cohort

QUARTERS, MONTHS = 4, 3
WIDE = ("all", "other")  # the groups that take in others, the widest first
REDEEM = timedelta(days=28)  # after the last day of issuing


def is_over(name: str, cohorts: Mapping[str, Cohort], today: date) -> bool:
    """Whether no door takes tickets of this cohort any more.

    A door whose clock is a day behind takes them for its own day of grace, and for one more.
    """
    return today > _last_day(name, cohorts) + 2 * GRACE


def _last_day(name: str, cohorts: Mapping[str, Cohort]) -> date:
    """The list says it; of a cohort that is not on it, the quarter does."""
    if name in cohorts:
        return cohorts[name].redeem_until
    year, quarter = _after(*_after(*_quarter(name)))
    return date(year, 1 + MONTHS * (quarter - 1), 1) - timedelta(days=1) + REDEEM


def _quarter(name: str) -> tuple[int, int]:
    year, quarter, _ = name.split("-", 2)
    return int(year), int(quarter)


def _after(year: int, quarter: int) -> tuple[int, int]:
    return (year, quarter + 1) if quarter < QUARTERS else (year + 1, 1)


def _widest(year: int, quarter: int, cohorts: Mapping[str, Cohort]) -> str:
    names = [f"{year}-{quarter}-{group}" for group in WIDE]
    return next((name for name in names if name in cohorts), names[0])


def _widest_of(name: str, cohorts: Mapping[str, Cohort]) -> str:
    """The pool that takes what is left of its quarter: where none is listed, one for all."""
    return _widest(*_quarter(name), cohorts)


def _next(name: str, cohorts: Mapping[str, Cohort]) -> str:
    """Where too few answers go: to their quarter's widest pool, and from there to the next's."""
    widest = _widest_of(name, cohorts)
    return _widest(*_after(*_quarter(name)), cohorts) if name == widest else widest


def poured(
    pools: Mapping[str, Pool], cohorts: Mapping[str, Cohort], today: date
) -> dict[str, Pool]:
    """The pools once no cohort that is over holds fewer answers than are released together.

    Every entry is in one of them, as before. The groups of a quarter come before its widest pool,
    and quarters in their order, so that an answer is carried no further than it must be.
    """
    found = dict(pools)

    def few() -> list[str]:
        return [
            name
            for name, pool in found.items()
            if pool != Pool() and not is_ripe(pool) and is_over(name, cohorts, today)
        ]

    while names := few():
        name = min(names, key=lambda one: (_quarter(one), one == _widest_of(one, cohorts), one))
        target = _next(name, cohorts)
        found[target] = together([found.get(target, Pool()), found[name]])
        found[name] = Pool()
    return found
