"""A duration log as arrays: one row a case, one row a stage that a case was in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from portal.estimates.words import Course

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

OPEN = np.int64(10**7)  # the closing day of a case that is open: later than any calendar
START = ""  # the stage from receipt to the first entry


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """`*_of_case` name the codes; cases are in the order of `ids`.

    An episode is a stay in a stage: `case` (row), `stage` (code), `begin`, `end` (the next entry,
    the closing, or OPEN). Episodes are sorted by case and begin.
    """

    ids: tuple[str, ...]
    areas: tuple[str, ...]
    units: tuple[str, ...]
    stages: tuple[str, ...]
    area: Ints
    unit: Ints
    received: Ints
    closed: Ints
    urgent: Flags
    case: Ints
    stage: Ints
    begin: Ints
    end: Ints
    last: int

    def episode_on(self, rows: Ints, days: Ints) -> Ints:
        """The episode that each case (row) was in at the end of each day."""
        place = np.searchsorted(
            self.case * (2 * OPEN) + self.begin, rows * (2 * OPEN) + days, "right"
        )
        return place - 1


def log_of(courses: Iterable[Course], last: date) -> Log:
    """The log as it is known at the end of `last`. Its order is that of ids and receipt."""
    ordered = sorted(courses, key=lambda course: (course.case_id, course.received))
    stays = [stay for row, course in enumerate(ordered) for stay in _stays(row, course)]
    areas, area = _coded([course.area for course in ordered])
    units, unit = _coded([course.unit for course in ordered])
    stages, stage = _coded([name for _, name, _, _ in stays])
    return Log(
        ids=tuple(course.case_id for course in ordered),
        areas=areas,
        units=units,
        stages=stages,
        area=area,
        unit=unit,
        received=_ints([course.received.toordinal() for course in ordered]),
        closed=_ints([_ordinal(course.closed) for course in ordered]),
        urgent=np.array([course.urgent for course in ordered], dtype=np.bool_),
        case=_ints([stay[0] for stay in stays]),
        stage=stage,
        begin=_ints([stay[2] for stay in stays]),
        end=_ints([stay[3] for stay in stays]),
        last=last.toordinal(),
    )


def merged(parts: Sequence[Log], last: date) -> Log:
    """One log of several, whose cases follow each other."""
    areas = _union([part.areas for part in parts])
    units = _union([part.units for part in parts])
    stages = _union([part.stages for part in parts])
    shifts = np.cumsum([0, *(len(part.ids) for part in parts)])
    return Log(
        ids=tuple(name for part in parts for name in part.ids),
        areas=areas,
        units=units,
        stages=stages,
        area=_joined([_recoded(part.areas, areas)[part.area] for part in parts]),
        unit=_joined([_recoded(part.units, units)[part.unit] for part in parts]),
        received=_joined([part.received for part in parts]),
        closed=_joined([part.closed for part in parts]),
        urgent=_joined([part.urgent for part in parts]).astype(np.bool_),
        case=_joined([part.case + shift for part, shift in zip(parts, shifts, strict=False)]),
        stage=_joined([_recoded(part.stages, stages)[part.stage] for part in parts]),
        begin=_joined([part.begin for part in parts]),
        end=_joined([part.end for part in parts]),
        last=last.toordinal(),
    )


def _union(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for some in names for name in some}))


def _recoded(old: tuple[str, ...], new: tuple[str, ...]) -> Ints:
    place = {name: code for code, name in enumerate(new)}
    return _ints([place[name] for name in old])


def _joined(columns: Sequence[npt.NDArray[np.int64 | np.bool_]]) -> Ints:
    return np.concatenate([_ints(()), *columns])


def _stays(row: int, course: Course) -> list[tuple[int, str, int, int]]:
    """Row, stage, begin, end. Of two entries on a day the one later in the alphabet counts.

    Any rule would do that does not hang on the order of lines in a file.
    """
    closed = _ordinal(course.closed)
    begins = {course.received.toordinal(): START}
    for entry in sorted(course.entries, key=lambda entry: entry.stage):
        if entry.on.toordinal() < closed:
            begins[max(entry.on, course.received).toordinal()] = entry.stage
    days = sorted(begins)
    ends = [*days[1:], closed]
    return [(row, begins[day], day, end) for day, end in zip(days, ends, strict=True)]


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else int(OPEN)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _coded(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    known = tuple(sorted(set(names)))
    code = {name: place for place, name in enumerate(known)}
    return known, _ints([code[name] for name in names])
