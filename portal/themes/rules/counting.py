"""Theme figures: which counts of a quarter may be shown, after the rule for every table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.suppression.rules import plain, published
from portal.suppression.words import Cell
from portal.themes.words import Coding, Polarity, ThemeFigure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


def agreed(codings: Sequence[Coding], settled: Coding | None) -> Coding | None:
    """The coding that counts; none while two people understand the text differently."""
    if settled is not None:
        return settled
    return codings[0] if codings and len(set(codings)) == 1 else None


class Ground(NamedTuple):
    """The leaves of a quarter's tables, each some cohorts, and the leaves that each unit sums."""

    leaves: tuple[tuple[str, ...], ...]
    units: Mapping[str, tuple[int, ...]]

    def cohorts_of(self, unit: str) -> tuple[str, ...]:
        """The cohorts of a unit; none of one that there is not."""
        return tuple(name for leaf in self.units.get(unit, ()) for name in self.leaves[leaf])

    def cells(self) -> list[Cell]:
        """The units as cells: of two, the one that holds less is hidden first."""
        return [Cell(unit, held, 1.0 + len(held)) for unit, held in self.units.items()]


def figures(
    texts: Iterable[tuple[str, Coding]], ground: Ground, themes: Collection[str]
) -> tuple[ThemeFigure, ...]:
    """The figures of each unit, theme and polarity; `texts` are (cohort, coding) pairs.

    Each theme of a polarity is a table of its own over the units. A theme is shown only where the
    number of coded texts is: else it would tell the least that this number can be.
    """
    said = list(texts)
    every = _table((cohort for cohort, _ in said), ground, frozenset(ground.units))
    among = frozenset(every)
    return tuple(
        ThemeFigure(unit, theme, polarity, table.get(unit), every.get(unit))
        for theme in themes
        for polarity in Polarity
        for table in (_table(_named(said, theme, polarity), ground, among),)
        for unit in ground.units
    )


def _named(said: Iterable[tuple[str, Coding]], theme: str, polarity: Polarity) -> Iterator[str]:
    """The cohorts of the texts that speak so of a theme."""
    return (
        cohort for cohort, coding in said if coding.polarity == polarity and theme in coding.themes
    )


def _table(cohorts: Iterable[str], ground: Ground, among: frozenset[str]) -> dict[str, int]:
    """What is shown of a count, by unit; of no other units than these."""
    found = Counter(cohorts)
    counts = np.array(
        [[sum(found[name] for name in leaf)] for leaf in ground.leaves], dtype=np.int64
    )
    if not among:
        return {}
    cells = ground.cells()
    allowed = published(plain(counts[:, 0]), cells, among=among)[0]
    return {
        cell.name: int(counts[list(cell.leaves)].sum()) for cell in cells if cell.name in allowed
    }
