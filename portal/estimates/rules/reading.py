"""A duration log from its lines: what can be used, and what was wrong with the rest."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from portal.estimates.rules.log import Log, log_of
from portal.estimates.words import Course, Entry, LogUnreadable, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("case_id", "area", "unit", "event", "date")
RECEIVED, CLOSED = "received", "closed"
GAP = timedelta(days=60)  # without any event
SILENT = timedelta(days=1095)  # without an event of an open case


class Row(NamedTuple):
    on: date
    event: str
    area: str
    unit: str


@dataclass
class Problems:
    """Counted by code, each with the first case (in order of ids) that has it."""

    found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def note(self, code: str, example: str) -> None:
        count, first = self.found.get(code, (0, example))
        self.found[code] = (count + 1, min(first, example))

    def told(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(code, count, first) for code, (count, first) in sorted(self.found.items())
        )


def read_log(lines: Iterable[str]) -> tuple[Log, tuple[Problem, ...]]:
    """The log, and what of it was left out or is odd.

    Raises LogUnreadable when no estimate can be made of what is left.
    """
    problems = Problems()
    rows = _rows(lines, problems)
    if not rows:
        message = "the log holds no usable row"
        raise LogUnreadable(message)
    days = sorted({row.on for found in rows.values() for row in found})
    if days[0] == days[-1]:
        message = f"the log covers one day only, {days[0]}"
        raise LogUnreadable(message)
    courses = [
        course for case_id in sorted(rows) for course in _courses(case_id, rows[case_id], problems)
    ]
    if not courses:
        message = "no case in the log has a usable receipt"
        raise LogUnreadable(message)
    _note_odd(days, courses, problems)
    return log_of(courses, days[-1]), problems.told()


def _rows(lines: Iterable[str], problems: Problems) -> dict[str, list[Row]]:
    reader = csv.DictReader(lines)
    header = reader.fieldnames or ()
    if missing := [name for name in COLUMNS if name not in header]:
        message = f"the log lacks the columns: {', '.join(missing)}"
        raise LogUnreadable(message)
    for name in header:
        if name not in COLUMNS:
            problems.note("unknown_column", name)
    rows: dict[str, list[Row]] = defaultdict(list)
    for record in reader:
        case_id = (record["case_id"] or "").strip()
        on = _date(record["date"])
        event = (record["event"] or "").strip()
        if not (case_id and event and on):
            problems.note("unusable_row", case_id or f"line {reader.line_num}")
            continue
        row = Row(on, event, (record["area"] or "").strip(), (record["unit"] or "").strip())
        rows[case_id].append(row)
    return rows


def _date(text: str | None) -> date | None:
    """The day, also of a moment: the one that the moment itself names, in its own zone."""
    try:
        return datetime.fromisoformat((text or "").strip()).date()
    except ValueError:
        return None


def _courses(case_id: str, rows: list[Row], problems: Problems) -> Iterator[Course]:
    """A case, and again from each receipt after a closing: a reopening starts the clock anew."""
    rows = sorted(set(rows), key=lambda row: (row.on, row.event != CLOSED, row))
    if len({(row.area, row.unit) for row in rows}) > 1:
        problems.note("changes_area", case_id)
    receipts = [row for row in rows if row.event == RECEIVED]
    if not receipts:
        problems.note("never_received", case_id)
        return
    closings = [row.on for row in rows if row.event == CLOSED]
    if closings and closings[0] < receipts[0].on:
        problems.note("closed_before_receipt", case_id)
        return
    yield from _spells(case_id, rows, receipts, closings, problems)


def _spells(
    case_id: str, rows: list[Row], receipts: list[Row], closings: list[date], problems: Problems
) -> Iterator[Course]:
    free_from = date.min
    for receipt in receipts:
        if receipt.on < free_from:
            problems.note("received_twice", case_id)
            continue
        closed = next((day for day in closings if day >= receipt.on), None)
        free_from = closed or date.max
        if closed and any(day > closed for day in closings) and receipt is receipts[-1]:
            problems.note("closed_twice", case_id)
        yield Course(
            case_id=case_id,
            area=receipt.area,
            unit=receipt.unit,
            received=receipt.on,
            closed=closed,
            entries=tuple(_entries(case_id, rows, receipt.on, closed, problems)),
        )


def _entries(
    case_id: str, rows: list[Row], start: date, closed: date | None, problems: Problems
) -> Iterator[Entry]:
    for row in rows:
        if row.event in {RECEIVED, CLOSED}:
            continue
        if row.on < start:
            problems.note("stage_before_receipt", case_id)
        elif closed is None or row.on <= closed:
            yield Entry(row.event, row.on)


def _note_odd(days: list[date], courses: list[Course], problems: Problems) -> None:
    """What is kept, but should be looked at."""
    for before, after in pairwise(days):
        if after - before > GAP:
            problems.note("gap", f"{before} to {after}")
    for course in courses:
        latest = max([course.received, *(entry.on for entry in course.entries)])
        if course.closed is None and days[-1] - latest > SILENT:
            problems.note("never_closed", course.case_id)
    if not any(course.closed for course in courses):
        problems.note("no_closing", courses[0].case_id)
