"""The groups that a case belongs to, numbered: from all cases to those most like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.estimates.rules.grid import AGES, MARKS
from portal.estimates.words import Level

if TYPE_CHECKING:
    from portal.estimates.rules.log import Flags, Ints, Log

MINIMUM = 30  # closings behind a group that a range is taken from
UNKNOWN = -1


class Place(NamedTuple):
    """Where cases stand: codes of the log; UNKNOWN where it has none."""

    stage: Ints
    mark: Ints  # the last of MARKS that the time in the stage has reached
    age: Ints  # the last of AGES that the case had reached when the stage began
    area: Ints
    pair: Ints  # area and first instance together


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """How many groups each level can have, and which first instances are told apart."""

    stages: int
    areas: int
    units: int
    pair_of: Ints  # by area and first instance; UNKNOWN where too few cases were closed
    area_of: Ints  # by pair

    def place(self, stage: Ints, stayed: Ints, age: Ints, area: Ints, unit: Ints) -> Place:
        """`stayed` days in the stage, at `age` days when it began."""
        known = (area >= 0) & (unit >= 0)
        pair = np.where(known, self.pair_of[area * self.units + unit], UNKNOWN)
        return Place(stage, _reached(MARKS, stayed), _reached(AGES, age), area, pair)

    def codes(self, place: Place) -> tuple[Ints, ...]:
        """The group of each level; UNKNOWN where the case belongs to none."""
        known = place.stage >= 0
        stage = np.where(known, place.stage * len(MARKS) + place.mark, UNKNOWN)
        age = np.where(known, stage * len(AGES) + place.age, UNKNOWN)
        span = self.sizes[2]
        area = np.where(known & (place.area >= 0), place.area * span + age, UNKNOWN)
        pair = np.where(known & (place.pair >= 0), place.pair * span + age, UNKNOWN)
        return place.mark, stage, age, area, pair

    @property
    def sizes(self) -> tuple[int, ...]:
        stage = self.stages * len(MARKS)
        age = stage * len(AGES)
        return len(MARKS), stage, age, self.areas * age, len(self.area_of) * age

    def wider(self, level: int, code: Ints) -> Ints:
        """The groups one level up."""
        span = self.sizes[2]
        if level == Level.STAGE:
            return code % len(MARKS)
        if level == Level.AGE:
            return code // len(AGES)
        if level == Level.AREA:
            return code % span
        return self.area_of[code // span] * span + code % span

    def shorter(self, level: int, row: Ints) -> Ints:
        """Rows by group, those without one given that of the next mark below that has one."""
        ages = len(AGES) if level >= Level.AGE else 1
        by_mark = row.reshape(-1, len(MARKS), ages).copy()
        for mark in range(1, len(MARKS)):
            here, below = by_mark[:, mark], by_mark[:, mark - 1]
            by_mark[:, mark] = np.where(here < 0, below, here)
        return by_mark.ravel()


def groups_of(log: Log, closed: Flags) -> Groups:
    """The groups of a log. First instances with fewer closings than MINIMUM stay in their area."""
    units = max(len(log.units), 1)
    found = np.bincount((log.area * units + log.unit)[closed], minlength=len(log.areas) * units)
    told_apart = np.flatnonzero(found >= MINIMUM)
    pair_of = np.full(len(found), UNKNOWN, dtype=np.int64)
    pair_of[told_apart] = np.arange(len(told_apart))
    return Groups(len(log.stages), len(log.areas), units, pair_of, told_apart // units)


def _reached(steps: Ints, days: Ints) -> Ints:
    return np.searchsorted(steps, days, "right") - 1
