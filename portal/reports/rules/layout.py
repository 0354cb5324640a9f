"""Where everything of a chart stands, in pixels: a wide layout, and one for 320 pixels."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.reports.words.charts import Chart, Line

LETTER = 0.54  # the width of a letter as a part of its height: a little more than fonts need
WIDTHS = {"wide": 760, "narrow": 300}
TEXT, SMALL = 14, 12
LEAD = 18  # from one line of text to the next
MARK_LEAD = 19  # from one mark to the next
GAP = 14  # around each line of a chart
EDGE = 8
AXIS = 26  # for the names of an axis
LABELS = 262  # the column of names in the wide layout
VALUE = 44  # to the right of 100 %, for a figure
PANEL = 132  # height of the drawing in a panel over time
COLUMNS = {"wide": 3, "narrow": 1}


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of a chart: its name broken into lines, and where name and marks begin."""

    line: Line
    name: tuple[str, ...]
    name_y: float
    marks_y: float
    end: float


@dataclass(frozen=True, slots=True)
class Panel:
    """One line of a chart over time, in a frame of its own."""

    line: Line
    name: tuple[str, ...]
    x: float
    y: float  # of the first line of its name
    top: float
    width: float


def broken(text: str, width: float, size: int = TEXT) -> tuple[str, ...]:
    """A text in lines that fit the width."""
    return tuple(textwrap.wrap(text, max(8, int(width / (size * LETTER)))))


def key_of(chart: Chart, form: str) -> list[tuple[int, float, float]]:
    """Where each name of the key stands: index, x and y of its mark."""
    places, x, y = [], float(EDGE), float(EDGE + LEAD / 2)
    for index, (name, _) in enumerate(chart.series):
        wide = 26 + len(name) * SMALL * LETTER + 16
        if x > EDGE and x + wide > WIDTHS[form]:
            x, y = float(EDGE), y + LEAD
        places.append((index, x + 7, y))
        x += wide
    return places


def key_end(chart: Chart, form: str) -> float:
    """Where the key ends."""
    return key_of(chart, form)[-1][2] + LEAD


def lines_of(chart: Chart, form: str) -> list[Placed]:
    """Where the lines of a chart without time stand, from top to bottom."""
    y = key_end(chart, form) + AXIS
    placed = []
    for line in chart.lines:
        marks = max(1, len(line.marks)) * MARK_LEAD
        if form == "wide":
            name = broken(line.name, LABELS - 2 * EDGE)
            tall = max(marks, len(name) * LEAD)
            placed.append(Placed(line, name, y + GAP / 2, y + GAP / 2, y + tall + GAP))
        else:
            name = broken(line.name, WIDTHS[form] - 2 * EDGE)
            under = y + GAP / 2 + len(name) * LEAD
            placed.append(Placed(line, name, y + GAP / 2, under, under + marks + GAP / 2))
        y = placed[-1].end
    return placed


def panels_of(chart: Chart, form: str) -> list[Panel]:
    """Where the panels of a chart over time stand, row by row."""
    columns = COLUMNS[form]
    width = WIDTHS[form] / columns
    y = key_end(chart, form)
    panels: list[Panel] = []
    for start in range(0, len(chart.lines), columns):
        row = chart.lines[start : start + columns]
        names = [broken(line.name, width - 2 * EDGE) for line in row]
        top = y + GAP + max(map(len, names)) * LEAD
        panels += [
            Panel(line, name, column * width, y + GAP / 2, top, width)
            for column, (line, name) in enumerate(zip(row, names, strict=True))
        ]
        y = top + PANEL + AXIS + GAP
    return panels


def size_of(chart: Chart, form: str) -> tuple[int, int]:
    """Width and height of a chart."""
    if chart.steps:
        ends = [panel.top + PANEL + AXIS + GAP for panel in panels_of(chart, form)]
    else:
        ends = [placed.end + EDGE for placed in lines_of(chart, form)]
    return WIDTHS[form], int(max([key_end(chart, form), *ends]))


def span_of(form: str) -> tuple[float, float]:
    """Where 0 and 100 per cent stand in a chart without time."""
    left = LABELS if form == "wide" else EDGE + 6
    return float(left), float(WIDTHS[form] - VALUE)
