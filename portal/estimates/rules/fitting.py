"""The model of a night: how fast cases are closed from each stage, from all that was known then.

A landmark Kaplan–Meier estimate. For each stage and each mark of time in it, the cases that were
still there are followed to their closing, whatever stages came between; open cases count for as
long as they have waited. Closings and waiting count half by a window of 545 days, half by a weight
that fades with a half-life of 240 days. The hazards of each group are drawn towards those of the
wider group, as if PULL more cases with its hazards waited in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.estimates.rules.grid import (
    AGES,
    EDGES,
    LIMIT,
    MARKS,
    PIECE,
    PIECES,
    WIDTHS,
    Waits,
    counts,
    exposure,
)
from portal.estimates.rules.groups import MINIMUM, Groups, groups_of
from portal.estimates.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from portal.estimates.rules.log import Flags, Floats, Ints, Log

WINDOW = 545
HALF_LIFE = 240.0
COUNTED = 730  # days in which the closings behind a group are counted
HISTORY = 1460  # what is older weighs under 1.5 % and is left out
PULL = 30.0
TAIL = 3.0  # closings from which the hazard of the longest waits is taken
CEILING = 60.0  # of summed hazards: after it, nobody is left
STEP = 64.0  # between the rows of one rising list; above the ceiling and a last share
LEAST_HORIZON = 365
REACH = 2.0  # times the longest usual wait: after it, no closing is expected
LONGEST = 0.99
STAYS = 200_000  # followed at a time


class Stretches(NamedTuple):
    """From each mark that a stay passed: the waiting until the closing or the night."""

    codes: tuple[Ints, ...]
    begin: Ints
    low: Ints
    high: Ints
    closes: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The groups of a level: `row` by code (-1: too few closings), summed hazards, closings."""

    row: Ints
    summed: Floats
    sorted: Floats  # all rows in one rising list, STEP apart
    closings: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What look-ups need; `tables` from the widest level to the nearest."""

    night: int
    log: Log
    groups: Groups
    tables: tuple[Table, ...]
    horizon: Ints  # by stage (last: any): days from its beginning until no closing is expected


def fit(log: Log, night: int) -> Model:
    """The model of what was known at the end of `night`."""
    groups = groups_of(log, (log.closed <= night) & (log.closed > night - HISTORY))
    parts = partial(_parts, log, groups, night)
    rows = _rows(parts(), groups.sizes, night)
    near = _tallies(
        parts(),
        {
            Level.AGE: np.append(np.arange(groups.sizes[Level.AGE]), -1),
            Level.AREA: rows[Level.AREA][0],
            Level.UNIT: rows[Level.UNIT][0],
        },
        night,
    )
    dense = _rolled_up(groups, *near.pop(Level.AGE))
    tables: list[Table] = []
    hazards = np.zeros((1, PIECES))
    for level, (row, closings) in enumerate(rows):
        own = np.flatnonzero(row >= 0)
        events, days = (figures[own] for figures in dense[level]) if level in dense else near[level]
        if level == Level.ALL:
            hazards = _with_tails(events, days)
        else:
            above = PULL * WIDTHS * hazards[tables[-1].row[groups.wider(level, own)]]
            hazards = (events + above) / (days + PULL * WIDTHS)
        row[:-1] = groups.shorter(level, row[:-1])
        tables.append(_table(row, hazards, closings))
    return Model(night, log, groups, tuple(tables), _horizon(log, night))


def _horizon(log: Log, night: int) -> Ints:
    """Twice the longest usual time from the beginning of each stage to the closing."""
    closed = log.closed[log.case]
    ended = (closed <= night) & (closed > night - HISTORY)
    took, stage = (closed - log.begin)[ended], log.stage[ended]
    longest = np.full(len(log.stages) + 1, np.quantile(took, LONGEST) if len(took) else 0.0)
    for code in range(len(log.stages)):
        own = took[stage == code]
        if len(own) >= MINIMUM:
            longest[code] = np.quantile(own, LONGEST)
    return np.clip(np.ceil(REACH * longest), LEAST_HORIZON, LIMIT).astype(np.int64)


def _parts(log: Log, groups: Groups, night: int) -> Iterator[Stretches]:
    """All stretches, those of some stays at a time: each takes many times its stay's memory."""
    stays = np.flatnonzero(log.begin <= night)
    closed = log.closed[log.case[stays]]
    until = np.minimum(closed, night)
    stays = stays[(until > log.begin[stays]) & (until > night - HISTORY)]
    for start in range(0, max(len(stays), 1), STAYS):
        yield _stretches(log, groups, stays[start : start + STAYS], night)


def _stretches(log: Log, groups: Groups, stays: Ints, night: int) -> Stretches:
    stayed = np.minimum(log.end[stays], night) - log.begin[stays]
    marks = np.searchsorted(MARKS, stayed, "left")
    mark = np.arange(marks.sum()) - np.repeat(np.cumsum(marks) - marks, marks)
    stay = np.repeat(stays, marks)
    case, begin = log.case[stay], log.begin[stay]
    closed = log.closed[case]
    place = groups.place(
        log.stage[stay], MARKS[mark], begin - log.received[case], log.area[case], log.unit[case]
    )
    high = np.minimum(closed, night) - begin
    return Stretches(groups.codes(place), begin, MARKS[mark], high, closed <= night)


def _rows(parts: Iterable[Stretches], sizes: Sequence[int], night: int) -> list[tuple[Ints, Ints]]:
    """By level: the row of each group with closings enough in the window, and how many it has."""
    found = [np.zeros(size, dtype=np.int64) for size in sizes]
    for part in parts:
        recent = part.closes & (part.begin + part.high > night - COUNTED)
        for closings, code in zip(found, part.codes, strict=True):
            own = code[recent & (code >= 0)]
            np.add(closings, np.bincount(own, minlength=len(closings)), out=closings)
    return [_numbered(closings) for closings in found]


def _numbered(closings: Ints) -> tuple[Ints, Ints]:
    enough = np.flatnonzero(closings >= MINIMUM)
    row = np.full(len(closings) + 1, -1, dtype=np.int64)  # the last place answers the code -1
    row[enough] = np.arange(len(enough))
    return row, closings[enough]


def _tallies(
    parts: Iterable[Stretches], rows: Mapping[Level, Ints], night: int
) -> dict[int, tuple[Floats, Floats]]:
    """Weighted closings and days waited by level, of the groups that have a row there."""
    shapes = {level: (int(row.max(initial=-1)) + 1, PIECES) for level, row in rows.items()}
    found = {int(level): (np.zeros(shape), np.zeros(shape)) for level, shape in shapes.items()}
    for part in parts:
        for level, row in rows.items():
            tally = _tally(part, row[part.codes[level]], shapes[level][0], night)
            for total, figures in zip(found[level], tally, strict=True):
                np.add(total, figures, out=total)
    return found


def _tally(stretches: Stretches, row: Ints, rows: int, night: int) -> tuple[Floats, Floats]:
    """Weighted closings and days waited, by row and piece."""
    own = row >= 0
    row, begin, low, high = row[own], stretches.begin[own], stretches.low[own], stretches.high[own]
    half = np.full(len(row), 0.5)
    faded = 0.5 * np.exp2((begin - night) / HALF_LIFE)
    window = Waits(row, np.maximum(low, night - WINDOW - begin), high, half)
    history = Waits(row, np.maximum(low, night - HISTORY - begin), high, faded)
    growth = np.exp2((EDGES[:-1] + (WIDTHS + 1) / 2) / HALF_LIFE)
    days = exposure(window, rows) + exposure(history, rows) * growth
    ends = stretches.closes[own] & (high <= LIMIT)
    weight = faded * np.exp2(high / HALF_LIFE) + half * (begin + high > night - WINDOW)
    return counts(row[ends], PIECE[high[ends]], weight[ends], rows), days


def _rolled_up(groups: Groups, events: Floats, days: Floats) -> dict[int, tuple[Floats, Floats]]:
    """The figures of the three widest levels, from those of the third."""
    shape = (groups.stages, len(MARKS), len(AGES), PIECES)
    by_age = events.reshape(shape), days.reshape(shape)
    by_stage = by_age[0].sum(axis=2), by_age[1].sum(axis=2)
    return {
        Level.ALL: (by_stage[0].sum(axis=0), by_stage[1].sum(axis=0)),
        Level.STAGE: (by_stage[0].reshape(-1, PIECES), by_stage[1].reshape(-1, PIECES)),
        Level.AGE: (events, days),
    }


def _with_tails(events: Floats, days: Floats) -> Floats:
    """Plain hazards; where hardly anybody has waited so long, that of the longest waits."""
    hazards = events / np.maximum(days, 1e-9)
    left_events = np.cumsum(events[:, ::-1], axis=1)[:, ::-1]
    left_days = np.cumsum(days[:, ::-1], axis=1)[:, ::-1]
    thin = np.count_nonzero(left_days >= PULL * WIDTHS[-1], axis=1)
    since = np.clip(np.count_nonzero(left_events >= TAIL, axis=1) - 1, 0, thin)
    for row, (start, source) in enumerate(zip(thin, np.minimum(since, PIECES - 1), strict=True)):
        hazards[row, start:] = (left_events[row, source] + 1e-3) / max(left_days[row, source], 1.0)
    return hazards


def _table(row: Ints, hazards: Floats, closings: Ints) -> Table:
    sums = np.zeros((len(hazards), PIECES + 1))
    np.cumsum(hazards * WIDTHS, axis=1, out=sums[:, 1:])
    np.minimum(sums, CEILING, out=sums)
    return Table(row, sums, (sums + STEP * np.arange(len(sums))[:, None]).ravel(), closings)
