"""What is published of a quarter: turnouts and figures, with None for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.figures.rules.tables import PLACES, cells_of, frame_of, name_of, units_of
from portal.figures.words import ALL, ANSWERED, Figure, QuarterFigures, Turnout
from portal.organisation.words import Level
from portal.participation.words import Group as Area
from portal.suppression.rules import plain, published
from portal.suppression.words import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from portal.figures.rules.counting import Group, Measures
    from portal.organisation.words import Structure, Unit
    from portal.participation.words import Quarter

    Counts = NDArray[np.int_]
    Units = Mapping[Unit, tuple[int, ...]]

AREAS = {area.value: place for place, area in enumerate(Area)}


def quarter_figures(  # noqa: PLR0913, PLR0917 - all that a quarter is made of
    quarter: Quarter,
    structure: Structure,
    groups: Sequence[Group],
    measures: Measures,
    counts: Counts,
    decided: Mapping[str, int],
) -> QuarterFigures:
    """All that is published of a quarter, of these counts of leaves × columns."""
    units = units_of(structure, groups)
    figures = _Figures(measures, counts, units)
    turnouts = tuple(_turnouts(units, groups, decided, figures))
    return QuarterFigures(quarter, tuple(units), turnouts, tuple(figures.rows()))


class _Figures:
    def __init__(self, measures: Measures, counts: Counts, units: Units) -> None:
        frame, named = frame_of(counts, measures)
        cells = cells_of(units)
        self.told, *parts = published(frame, cells)
        self._parts = dict(zip(named, parts, strict=True))
        self._sums = {one.name: counts[list(one.leaves)].sum(axis=0) for one in cells}
        self._measures, self._units = measures, units

    def answered(self, unit: Unit) -> int | None:
        """How many answered, where it may be told."""
        name = name_of(unit.key, ALL, ALL)
        return int(self._sums[name][0]) if name in self.told else None

    def rows(self) -> Iterator[Figure]:
        for unit in self._units:
            for outcome, language in PLACES:
                yield from self._cell(unit.key, outcome, language)

    def _cell(self, *place: str) -> Iterator[Figure]:
        unit, outcome, language = place
        name = name_of(*place)
        sums = self._sums[name] if name in self.told else None
        everybody = None if sums is None else int(sums[0])
        yield Figure(unit, outcome, language, ANSWERED, everybody, None)
        for column, question in enumerate(self._measures.ratings):
            upper, lower = 1 + 2 * column, 2 + 2 * column
            known = sums is not None and question in self._parts
            n = int(sums[upper] + sums[lower]) if known and sums is not None else None
            yield Figure(unit, outcome, language, question, n, self._of(name, question, upper))
        first = 1 + 2 * len(self._measures.ratings)
        for column, option in enumerate(self._measures.options, first):
            measure = ".".join(option)
            of = self._of(name, measure, column)
            yield Figure(unit, outcome, language, measure, everybody, of)

    def _of(self, name: str, measure: str, column: int) -> int | None:
        told = name in self._parts.get(measure, frozenset())
        return int(self._sums[name][column]) if told else None


def _turnouts(
    units: Units, groups: Sequence[Group], decided: Mapping[str, int], figures: _Figures
) -> Iterator[Turnout]:
    """Decided and invited are told of no unit whose answers are hidden: one bounds the other."""
    answered = {unit.key: figures.answered(unit) for unit in units}
    among = frozenset(key for key, n in answered.items() if n is not None)
    areas = np.array([decided.get(area, 0) for area in AREAS])
    by_area = {
        unit: tuple(AREAS[area] for g in held for area in groups[g].groups)
        if unit.level is not Level.AGENCY
        else tuple(AREAS.values())
        for unit, held in units.items()
    }
    asked = np.array([one.invited or 0 for one in groups])
    known = all(one.invited is not None for one in groups)
    decided_told = _told(areas, by_area, among)
    invited_told = _told(asked, units, among if known else frozenset())
    for unit in units:
        yield Turnout(unit.key, decided_told[unit.key], invited_told[unit.key], answered[unit.key])


def _told(counts: Counts, units: Units, among: frozenset[str]) -> dict[str, int | None]:
    cells = [Cell(one.key, leaves, 1.0 + len(leaves)) for one, leaves in units.items()]
    told = published(plain(counts), cells, among=among)[0]
    return {
        one.name: int(counts[list(one.leaves)].sum()) if one.name in told else None for one in cells
    }
