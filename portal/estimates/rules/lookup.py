"""From a night's model to the days that remain for a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.estimates.rules.fitting import STEP
from portal.estimates.rules.grid import EDGES, LIMIT, NEXT, PIECES
from portal.estimates.words import Level, Remaining, Withheld

if TYPE_CHECKING:
    from portal.estimates.rules.fitting import Model, Table
    from portal.estimates.rules.log import Floats, Ints

# Nominal shares before the lower date, the middle and the upper date. Hazards are themselves
# estimates; bounds at 10 % and 90 % would hold for fewer than 8 of 10.
SHARES = (0.095, 0.5, 0.905)
RARE = 0.5  # the share of cases like it that must close for a range to be given
REASONS = (None, Withheld.TOO_FEW, Withheld.RARELY_CLOSES, Withheld.DORMANT)
TOO_FEW, RARELY_CLOSES, DORMANT = 1, 2, 3


class Standing(NamedTuple):
    """Where cases stand at the end of a day, in codes of the log (-1: unknown to it)."""

    stage: Ints
    stayed: Ints  # days in the stage
    age: Ints  # days since receipt when the stage began
    area: Ints
    unit: Ints


class Found(NamedTuple):
    """For each case the days that remain (three columns, NaN without), and their basis."""

    days: Floats
    level: Ints
    closings: Ints
    reason: Ints  # place in REASONS
    never: Floats  # the share of such cases that is never closed


def remaining(model: Model, standing: Standing) -> Found:
    """The days that remain for many cases at once."""
    size = len(standing.stage)
    found = Found(
        np.full((size, len(SHARES)), np.nan),
        np.full(size, int(Level.NONE)),
        np.zeros(size, np.int64),
        np.full(size, TOO_FEW),
        np.ones(size),
    )
    stayed = np.clip(standing.stayed, 0, LIMIT - 1)
    place = model.groups.place(
        standing.stage, stayed, np.maximum(standing.age, 0), standing.area, standing.unit
    )
    codes = model.groups.codes(place)
    for level in range(len(codes) - 1, -1, -1):
        table = model.tables[level]
        row = table.row[codes[level]]
        here = np.flatnonzero((row >= 0) & (found.level < 0))
        if not len(here):
            continue
        found.level[here] = level
        found.closings[here] = table.closings[row[here]]
        horizon = model.horizon[standing.stage[here]]
        found.days[here], found.never[here] = _quantiles(table, row[here], stayed[here], horizon)
        found.reason[here] = np.where(found.never[here] > RARE, RARELY_CLOSES, 0)
    found.reason[(found.level >= 0) & (standing.stayed >= model.horizon[standing.stage])] = DORMANT
    found.days[found.reason > 0] = np.nan
    return found


def _quantiles(table: Table, row: Ints, stayed: Ints, horizon: Ints) -> tuple[Floats, Floats]:
    """Days beyond `stayed` until each of SHARES is closed, and the share that is never closed."""
    so_far = _sum_at(table, row, stayed)
    never = np.exp(so_far - _sum_at(table, row, np.maximum(horizon, stayed + 1)))
    days = np.empty((len(row), len(SHARES)))
    for column, share in enumerate(SHARES):
        wanted = so_far - np.log1p(-share * (1 - never))
        piece = np.searchsorted(table.sorted, wanted + STEP * row, "left") - row * (PIECES + 1)
        piece = np.clip(piece, 1, PIECES)
        before, after = table.summed[row, piece - 1], table.summed[row, piece]
        part = np.clip((wanted - before) / np.maximum(after - before, 1e-12), 0.0, 1.0)
        days[:, column] = EDGES[piece - 1] + part * (EDGES[piece] - EDGES[piece - 1]) - stayed
    rising: Floats = np.maximum.accumulate(np.maximum(days, 0.0), axis=1)
    return rising, never


def _sum_at(table: Table, row: Ints, day: Ints) -> Floats:
    piece = NEXT[np.minimum(day, LIMIT)]
    before, after = table.summed[row, piece], table.summed[row, piece + 1]
    part = (np.minimum(day, LIMIT) - EDGES[piece]) / (EDGES[piece + 1] - EDGES[piece])
    sums: Floats = before + (after - before) * part
    return sums


def closing_share(model: Model, standing: Standing, days: int) -> Floats:
    """The share of each kind of case that the model expects to be closed within `days`."""
    stayed = np.clip(standing.stayed, 0, LIMIT - 1)
    place = model.groups.place(
        standing.stage, stayed, np.maximum(standing.age, 0), standing.area, standing.unit
    )
    share = np.full(len(stayed), np.nan)
    for table, code in zip(
        reversed(model.tables), reversed(model.groups.codes(place)), strict=True
    ):
        row = table.row[code]
        here = np.flatnonzero((row >= 0) & np.isnan(share))
        begin, end = stayed[here], stayed[here] + days
        share[here] = -np.expm1(_sum_at(table, row[here], begin) - _sum_at(table, row[here], end))
    known: Floats = np.nan_to_num(share)
    return known


def one(model: Model, standing: Standing) -> Remaining:
    """The days that remain for a single case."""
    found = remaining(model, standing)
    level, count = Level(int(found.level[0])), int(found.closings[0])
    reason = REASONS[int(found.reason[0])]
    if reason:
        return Remaining(None, None, None, level, count, reason)
    low, middle, high = (float(days) for days in found.days[0])
    return Remaining(low, middle, high, level, count)
