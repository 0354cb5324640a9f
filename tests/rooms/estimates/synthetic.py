"""Logs whose truth is known: cases that need work, and offices that work at a pace.

A case needs a drawn amount of work in each stage. An office does `pace(day)` of it a day, so that
a stall, a catch-up or a drift is a change of pace alone. All of it is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from portal.estimates.rules.log import Floats, Ints, Log, log_of
from portal.estimates.words import Course, Entry

if TYPE_CHECKING:
    from collections.abc import Callable

START = date(2015, 1, 1)
STAGES = ("", "hearing", "assessment")


def steady(days: Floats) -> Floats:
    """The same pace every day."""
    return np.ones_like(days)


def stalled(days: Floats) -> Floats:
    """Almost nothing for 150 days of the fifth year, then twice the pace for 150 days."""
    pace = np.ones_like(days)
    pace[(days >= 1560) & (days < 1710)] = 0.1
    pace[(days >= 1710) & (days < 1860)] = 1.9
    return pace


def slowing(days: Floats) -> Floats:
    """A tenth slower every year."""
    return 0.9 ** (days / 365.25)


@dataclass(frozen=True)
class Office:
    """An area: cases a day, median days of work in each stage, and how far they spread."""

    name: str
    rate: float = 1.0
    medians: tuple[float, ...] = (60.0, 40.0, 30.0)
    spread: float = 0.6
    units: tuple[str, ...] = ("north", "south")
    opens: int = 0
    pace: Callable[[Floats], Floats] = steady
    batch: int = 1  # closings happen on every so many days
    never: float = 0.0  # share of cases that are never closed


@dataclass(frozen=True)
class World:
    offices: tuple[Office, ...] = field(default=(Office("a"), Office("b", medians=(90, 20, 60))))
    days: int = 3000
    seed: int = 1


def log(world: World) -> Log:
    """The log of a world, known until its last day."""
    random = np.random.default_rng(world.seed)
    courses = [
        course for office in world.offices for course in _courses(office, world.days, random)
    ]
    return log_of(courses, _day(world.days))


def _courses(office: Office, days: int, random: np.random.Generator) -> list[Course]:
    calendar = np.arange(days * 4, dtype=np.float64)
    done = np.concatenate([[0.0], np.cumsum(office.pace(calendar))])
    count = random.poisson(office.rate * (days - office.opens))
    received = np.sort(random.integers(office.opens, days, count))
    drawn = random.lognormal(0.0, office.spread, (count, len(office.medians)))
    # A case that is hard at first stays hard: half of the spread is the case's own.
    own = random.lognormal(0.0, office.spread, (count, 1))
    work = np.cumsum(np.sqrt(drawn * own) * np.array(office.medians), axis=1)
    moments = np.searchsorted(done, done[received][:, None] + work)
    moments[:, -1] = -(-moments[:, -1] // office.batch) * office.batch
    lost = random.random(count) < office.never
    units = random.integers(0, len(office.units), count)
    return [
        _course(office, f"{office.name}{row:06d}", received[row], moments[row], days, units[row],
                lost=bool(lost[row]))
        for row in range(count)
    ]  # fmt: skip


def _course(  # noqa: PLR0917 the columns of a drawn table, row by row
    office: Office, case_id: str, received: int, moments: Ints, days: int, unit: int, *, lost: bool
) -> Course:
    closed = int(moments[-1])
    return Course(
        case_id=case_id,
        area=office.name,
        unit=office.units[unit],
        received=_day(int(received)),
        closed=_day(closed) if closed <= days and not lost else None,
        entries=tuple(
            Entry(stage, _day(int(moment)))
            for stage, moment in zip(STAGES[1:], moments[:-1], strict=False)
            if moment < min(closed, days + 1)
        ),
    )


def _day(number: int) -> date:
    return date.fromordinal(START.toordinal() + number)
