"""Tables that are published together: what is counted on each leaf, and what is told of a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from portal.suppression.words import ALIKE, LEAST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.suppression.words import Cell

    Floats = NDArray[np.float64]
    Marks = NDArray[np.bool_]

SLACK = 1e-6  # what arithmetic in floating point leaves of a nought


@dataclass(frozen=True, slots=True)
class Expression:
    """A figure that is told of a cell: the sum over its leaves of the columns, so weighted.

    `of`: the figure that it is a part of, where more than ALIKE of that must not be alike.
    """

    weights: tuple[float, ...]
    of: tuple[float, ...] | None = None

    def fits(self, sums: Floats, *, least: bool) -> Marks:
        """Of which of the cells, whose columns have these sums, it may be told."""
        figure = sums @ self.weights
        fits = figure >= LEAST if least else np.ones(len(sums), dtype=bool)
        if self.of is not None:
            fits &= figure <= ALIKE * (sums @ self.of) + SLACK
        return fits


@dataclass(frozen=True, slots=True)
class Pattern:
    """Figures that are told of the same cells, and of none that the first pattern hides.

    `columns`: those that no other pattern needs; the quicker looks move these alone.
    `implied`: what follows from those that are told, and is held to the same rule.
    `least`: each is a number of people, and at least LEAST where it is told.
    `apart`: how far apart the values must be that each may have where it is hidden.
    """

    expressions: tuple[Expression, ...]
    implied: tuple[Expression, ...] = ()
    columns: tuple[
        int, ...
    ] = ()  # those that are only its own; with them alone it may be looked at
    least: bool = False
    apart: float = LEAST

    @property
    def held(self) -> tuple[Expression, ...]:
        """All that the rule is for."""
        return self.expressions + self.implied


@dataclass(frozen=True, slots=True)
class Frame:
    """Counts, leaves × columns, and what everybody knows of them beside that none is negative.

    `bounds`: weights of the columns, by which the sum on each leaf is not negative.
    """

    counts: Floats
    bounds: tuple[tuple[float, ...], ...]
    patterns: tuple[Pattern, ...]

    def holds(self, outer: Expression, inner: Expression) -> bool:
        """Whether everybody knows that the inner is no more than the outer."""
        more = np.subtract(outer.weights, inner.weights)
        known = [np.zeros(len(more)), *map(np.array, self.bounds)]
        return any((more - one >= 0).all() for one in known)


class Cells:
    """Cells as a matrix, each set of leaves once."""

    def __init__(self, cells: Sequence[Cell], leaves: int) -> None:
        sets: dict[frozenset[int], list[Cell]] = {}
        for cell in cells:
            sets.setdefault(frozenset(cell.leaves), []).append(cell)
        self.names = [tuple(one.name for one in same) for same in sets.values()]
        self.weights = np.array([max(one.weight for one in same) for same in sets.values()])
        self.matrix: Marks = np.zeros((len(sets), leaves), dtype=bool)
        for row, found in enumerate(sets):
            self.matrix[row, sorted(found)] = True

    def around(self, cell: int) -> Marks:
        """The cells that hold all of this one, itself among them."""
        around: Marks = ~(self.matrix[cell] & ~self.matrix).any(axis=1)
        return around
