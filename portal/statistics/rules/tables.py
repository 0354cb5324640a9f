"""The tables of a year, with what may not be told left out.

Two tables are published: areas (inside their groups) × outcomes, and first instances × outcomes.
No area is crossed with an authority. Both have the outcomes of the whole year as their last line,
and that line is published in full: what is too rare for it goes into the column `other`. So the
two tables share nothing but figures that everybody knows, and each is hidden by itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.cases.words import Area, Outcome
from portal.participation.rules import group_of
from portal.participation.words import Group
from portal.statistics.words import ALL, OTHER, Kind, Row, Unit, Year
from portal.suppression.rules import shown
from portal.suppression.words import LEAST, Cell

if TYPE_CHECKING:
    from collections.abc import Container, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from portal.statistics.rules.counting import Tally

    IntArray = NDArray[np.int64]

DECIDED = "decided"
# What readers ask for most is hidden last.
WEIGHTS = {
    Outcome.UPHELD: 6.0,
    Outcome.CHANGED: 5.0,
    Outcome.ANNULLED: 4.0,
    Outcome.RETURNED: 7.0,
    Outcome.DISMISSED: 3.0,
    Outcome.PASSED_ON: 2.0,
    OTHER: 1.0,
}
WEIGHT_OF = {Kind.AREA: 1.0, Kind.AUTHORITY: 1.0, Kind.GROUP: 1e3, Kind.ALL: 1e6}
WHOLE = Unit(Kind.ALL, ALL)
# At least ten cases on either side: no week that is told is the time of a single case.
HALF, MOST = 0.5, 0.9
HALF_FROM, MOST_FROM = 2 * LEAST, 10 * LEAST


class Line(NamedTuple):
    """A row of a table: the places of the units that it adds up."""

    unit: Unit
    places: tuple[int, ...]
    weight: float


def year_of(year: int, closed_on: date, tally: Tally, authorities: Sequence[str]) -> Year:
    """What is published of a year. The rows are the same in every year, whatever they hold."""
    areas = [Unit(Kind.AREA, area) for area in (*Area, OTHER)]
    names = [Unit(Kind.AUTHORITY, name) for name in (*authorities, OTHER)]
    told = _of_year(tally)
    while True:
        may = [shown(*table(tally, told, blocks(tally, units))) for units in (areas, names)]
        lost = [column for column in told.own if not all(name(WHOLE, column) in m for m in may)]
        if not lost or len(told.own) == 1:
            break
        told = told.without(lost)
    groups = [Unit(Kind.GROUP, group) for group in Group]
    rows = [_row(tally, told, unit, may[0]) for unit in (WHOLE, *groups, *areas)]
    rows += [_row(tally, told, unit, may[1]) for unit in names]
    return Year(year, closed_on, told.own, told.rare, tuple(rows))


class Columns(NamedTuple):
    """Outcomes with a column of their own, OTHER last, and those that are told in OTHER."""

    own: tuple[str, ...]
    rare: tuple[str, ...] = ()

    def without(self, lost: Sequence[str]) -> Columns:
        """The same with those columns put into OTHER, or the lightest, if OTHER alone is lost."""
        gone = [column for column in lost if column != OTHER]
        gone = gone or [min(self.own[:-1], key=WEIGHTS.__getitem__)]
        own = (*(c for c in self.own if c not in gone and c != OTHER), OTHER)
        return Columns(own, (*self.rare, *gone))


def _of_year(tally: Tally) -> Columns:
    """The outcomes that are told of the whole year."""
    told = Columns(tuple(WEIGHTS))
    while len(told.own) > 1:
        may = shown(*table(tally, told, [Block(WHOLE, (WHOLE,))]))
        lost = [column for column in told.own if name(WHOLE, column) not in may]
        if not lost:
            break
        told = told.without(lost)
    return told


def name(unit: Unit, column: str) -> str:
    """What a figure is called where it is decided whether it may be told."""
    return f"{unit.kind}:{unit.code}:{column}"


class Block(NamedTuple):
    """Units that stand in a table as one: a unit by itself, or all those with too few cases."""

    name: Unit
    parts: tuple[Unit, ...]
    inside: Unit | None = None  # the group of an area


def blocks(tally: Tally, units: Sequence[Unit]) -> list[Block]:
    """The units, those that cannot be told of taken together, an area with those of its group.

    Nothing of such units is published in any case. Whoever cannot tell their sum to within ten
    cases can tell that of one of them even less, and who can knows of one only that it is no more.
    """
    few: dict[Unit | None, list[Unit]] = {}
    found: list[Block] = []
    for unit in units:
        area = unit.kind is Kind.AREA
        inside = Unit(Kind.GROUP, group_of(unit.code)) if area else None
        if sum(tally.outcomes[unit, code] for code in WEIGHTS) < LEAST:
            few.setdefault(inside, []).append(unit)
        else:
            found.append(Block(unit, (unit,), inside))
    return found + [Block(_together(parts), tuple(parts), inside) for inside, parts in few.items()]


def _together(units: Sequence[Unit]) -> Unit:
    """A name that no row has: of the sum of some units nothing is published."""
    return Unit(units[0].kind, "+".join(unit.code for unit in units))


def table(tally: Tally, told: Columns, found: Sequence[Block]) -> tuple[IntArray, list[Cell]]:
    """The figures of a table as the rule of suppression takes them: leaves, and their sums."""
    width = len(told.own)
    counts = [[sum(_n(tally, told, unit, c) for unit in block.parts)]
              for block in found for c in told.own]  # fmt: skip
    cells = []
    for line in _lines(found):
        whole = tuple(width * place + at for place in line.places for at in range(width))
        cells.append(Cell(name(line.unit, DECIDED), whole, 10 * line.weight))
        for at, column in enumerate(told.own):
            leaves = tuple(width * place + at for place in line.places)
            cells.append(Cell(name(line.unit, column), leaves, line.weight * WEIGHTS[column]))
    return np.array(counts, np.int64), cells


def _lines(found: Sequence[Block]) -> list[Line]:
    """All blocks, the sums of those in a group, and the sum of all."""
    places: dict[Unit, list[int]] = {}
    for place, block in enumerate(found):
        for unit in {WHOLE, block.name, block.inside or WHOLE}:
            places.setdefault(unit, []).append(place)
    return [Line(unit, tuple(of), WEIGHT_OF[unit.kind]) for unit, of in places.items()]


def _n(tally: Tally, told: Columns, unit: Unit, column: str) -> int:
    """How many cases of a unit are told in a column."""
    parts = (OTHER, *told.rare) if column == OTHER else (column,)
    return sum(tally.outcomes[unit, part] for part in parts)


def _row(tally: Tally, told: Columns, unit: Unit, may: Container[str]) -> Row:
    outcomes = {
        column: _n(tally, told, unit, column) if name(unit, column) in may else None
        for column in told.own
    }
    if name(unit, DECIDED) not in may:
        return Row(unit.kind, unit.code, None, outcomes, None, None)
    decided = sum(_n(tally, told, unit, column) for column in told.own)
    weeks = tally.weeks.get(unit, Counter())
    return Row(
        unit.kind,
        unit.code,
        decided,
        outcomes,
        within(weeks, HALF) if weeks.total() >= HALF_FROM else None,
        within(weeks, MOST) if weeks.total() >= MOST_FROM else None,
    )


def within(weeks: Counter[int], share: float) -> int:
    """The week by whose end so many of the cases were decided."""
    counted, least = 0, share * weeks.total()
    for week in sorted(weeks):
        counted += weeks[week]
        if counted >= least:
            return week
    message = "there is no case"
    raise ValueError(message)
