"""Time in pieces: the hazard is constant within each, and exposure is counted in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from portal.estimates.rules.log import Floats, Ints

# Days since a stage began: day by day for four weeks, then by the week for two years, then by four
# weeks for ten years.
EDGES = np.concatenate(
    [np.arange(0, 28), np.arange(28, 728, 7), np.arange(728, 3640 + 28, 28)]
).astype(np.float64)
PIECES = len(EDGES) - 1
WIDTHS = np.diff(EDGES)
LIMIT = int(EDGES[-1])
# The piece that a closing on a day falls in: a piece ends with the day of its right edge.
PIECE = np.maximum(np.searchsorted(EDGES, np.arange(LIMIT + 1), "left") - 1, 0)
# The piece that waiting goes on in at the end of a day.
NEXT = np.minimum(np.searchsorted(EDGES, np.arange(LIMIT + 1), "right") - 1, PIECES - 1)
# From these days in a stage on, only cases that are still in it say how long the rest takes.
MARKS = np.array([0, 7, 14, 28, 56, 91, 140, 182, 273, 365, 545, 730, 1095])
# How old a case was when the stage began.
AGES = np.array([0, 1, 91, 273, 545])


class Waits(NamedTuple):
    """Stretches of waiting: `cell` (row of the table), from one day of the stage to another."""

    cell: Ints
    low: Ints
    high: Ints
    weight: Floats


def exposure(waits: Waits, cells: int) -> Floats:
    """Weighted days waited in each cell and piece."""
    low, high = np.minimum(waits.low, LIMIT), np.minimum(waits.high, LIMIT)
    some = high > low
    cell, low, high, weight = waits.cell[some], low[some], high[some], waits.weight[some]
    first, final = NEXT[low], PIECE[high]
    whole = counts(cell, first, weight, cells) - counts(cell, final, weight, cells)
    begun = counts(cell, first, weight * (low - EDGES[first]), cells)
    ended = counts(cell, final, weight * (high - EDGES[final]), cells)
    return np.maximum(np.cumsum(whole, axis=1) * WIDTHS - begun + ended, 0.0)


def counts(cell: Ints, piece: Ints, weight: Floats, cells: int) -> Floats:
    """Weights summed for each cell and piece."""
    found = np.bincount(cell * PIECES + piece, weights=weight, minlength=cells * PIECES)
    return found.astype(np.float64).reshape(cells, PIECES)
