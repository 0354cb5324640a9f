"""A chart as SVG. The same chart is the same bytes.

It imports matplotlib, which takes a second or two: nothing imports this module but what draws.
"""

from __future__ import annotations

import re
import threading
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from portal.reports.rules.layout import (
    EDGE,
    LEAD,
    MARK_LEAD,
    PANEL,
    SMALL,
    TEXT,
    key_of,
    lines_of,
    panels_of,
    size_of,
    span_of,
)
from portal.reports.words.charts import Shape

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from portal.reports.rules.layout import Panel, Placed
    from portal.reports.words.charts import Chart, Mark

FONTS = "IBM Plex Sans, Segoe UI, Roboto, Arial, DejaVu Sans, sans-serif"
INK, SOFT, RULE, GROUND = "#1a1a1a", "#5b5b5b", "#c9c9c9", "#ffffff"
# In the order of the series; each with at least 3:1 against the ground, light and dark.
COLOURS = ("#17486f", "#b4530a", "#2f7200", "#800080", "#636363", "#a3123f")
DARK = {
    INK: "#eef1f4", SOFT: "#aab5c0", RULE: "#4b5764", GROUND: "#14191f",
    **dict(zip(COLOURS, ("#9ccbf0", "#fdbb3f", "#83d25e", "#d9aeea", "#b9c2cc", "#ff9a9a"),
               strict=True)),
}  # fmt: skip
MARKERS = {
    Shape.CIRCLE: "o", Shape.SQUARE: "s", Shape.TRIANGLE: "^",
    Shape.DIAMOND: "D", Shape.CROSS: "X", Shape.STAR: "*",
}  # fmt: skip
STEPS = (0, 25, 50, 75, 100)
VALUE_ROOM = 42  # to the right of a panel, for its last figure
ONE_AT_A_TIME = threading.Lock()  # matplotlib's settings and fonts belong to the process


def drawn(chart: Chart, form: str, too_few: str) -> bytes:
    """The chart, `wide` or `narrow`. `too_few` stands where nothing may be shown."""
    width, height = size_of(chart, form)
    with (
        ONE_AT_A_TIME,
        mpl.rc_context(
            {
                "svg.fonttype": "none",
                "svg.hashsalt": "indblik",
                "font.family": "DejaVu Sans",
                "text.parse_math": False,
            }
        ),
    ):
        figure = Figure(figsize=(width / 72, height / 72), facecolor=GROUND)
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, width), ylim=(height, 0))
        axes.axis("off")
        _key(axes, chart, form)
        (_over_time if chart.steps else _at_once)(axes, chart, form, too_few)
        told = BytesIO()
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(told, format="svg", metadata=nothing)
    return _plain(told.getvalue().decode(), width, height).encode()


def _text(axes: Axes, x: float, y: float, said: str, *, size: int = TEXT,  # noqa: PLR0913 - as drawing has it
          colour: str = INK, side: str = "left") -> None:  # fmt: skip
    axes.text(x, y, said, fontsize=size, color=colour, ha=side,
              va="center_baseline")  # fmt: skip


def _mark(axes: Axes, chart: Chart, series: int, x: float, y: float) -> None:
    shape = chart.series[series][1]
    size = 10 if shape is Shape.STAR else 8
    axes.plot([x], [y], MARKERS[shape], ms=size, mfc=COLOURS[series], mec=GROUND, mew=0.8)


def _key(axes: Axes, chart: Chart, form: str) -> None:
    for index, x, y in key_of(chart, form):
        _mark(axes, chart, index, x, y)
        _text(axes, x + 13, y, chart.series[index][0], size=SMALL)


def _at_once(axes: Axes, chart: Chart, form: str, too_few: str) -> None:
    """Shares with their intervals, line by line."""
    placed = lines_of(chart, form)
    left, right = span_of(form)
    top = placed[0].name_y - 4
    for step in STEPS:
        x = left + (right - left) * step / 100
        for one in placed:
            begin = top if one is placed[0] and form == "wide" else one.marks_y - 2
            axes.plot([x, x], [begin, one.end - 4], color=RULE, lw=0.8)
        _text(axes, x, top - 12, f"{step} %", size=SMALL, colour=SOFT, side="center")
    for one in placed:
        if one is not placed[-1]:
            axes.plot([EDGE, right], [one.end, one.end], color=RULE, lw=0.5)
        _line(axes, chart, one, (left, right), too_few)


def _line(axes: Axes, chart: Chart, one: Placed, span: tuple[float, float], too_few: str) -> None:
    left, right = span
    for row, said in enumerate(one.name):
        _text(axes, EDGE, one.name_y + LEAD * (row + 0.5), said)
    for row, mark in enumerate(one.line.marks):
        y = one.marks_y + MARK_LEAD * (row + 0.5)
        at, low, high = (left + (right - left) * part / 100
                         for part in (mark.at, mark.low, mark.high))  # fmt: skip
        axes.plot([low, high], [y, y], color=COLOURS[mark.series], lw=2.2, solid_capstyle="butt")
        _mark(axes, chart, mark.series, at, y)
        _text(axes, high + 6, y, f"{mark.at:.0f} %", size=SMALL)
    if not one.line.marks:
        _text(axes, left + 6, one.marks_y + MARK_LEAD / 2, too_few, size=SMALL, colour=SOFT)


def _over_time(axes: Axes, chart: Chart, form: str, too_few: str) -> None:
    """A panel for each line: a share at each step, joined, with its interval upright."""
    for panel in panels_of(chart, form):
        for row, said in enumerate(panel.name):
            _text(axes, panel.x + EDGE, panel.y + LEAD * (row + 0.5), said)
        left, right = panel.x + 44, panel.x + panel.width - VALUE_ROOM
        for step in (0, 50, 100):
            y = _height(panel, step)
            axes.plot([left, right], [y, y], color=RULE, lw=0.8)
            _text(axes, left - 6, y, f"{step} %", size=SMALL, colour=SOFT, side="right")
        _names_of_steps(axes, chart, panel, left, right)
        _series(axes, chart, panel, left, right)
        if not panel.line.marks:
            _text(axes, left + 6, _height(panel, 62), too_few, size=SMALL, colour=SOFT)


def _height(panel: Panel, share: float) -> float:
    return panel.top + PANEL * (1 - share / 100)


def _names_of_steps(axes: Axes, chart: Chart, panel: Panel, left: float, right: float) -> None:
    """The first and the last: those between are counted, and stand in the table."""
    y = panel.top + PANEL + 14
    _text(axes, left, y, chart.steps[0], size=SMALL, colour=SOFT)
    if len(chart.steps) > 1:
        _text(axes, right + 8, y, chart.steps[-1], size=SMALL, colour=SOFT, side="right")


def _series(axes: Axes, chart: Chart, panel: Panel, left: float, right: float) -> None:
    gap = (right - left - 20) / max(1, len(chart.steps) - 1)
    labels: list[float] = []
    for series in range(len(chart.series)):
        marks = [mark for mark in panel.line.marks if mark.series == series]
        shift = 10 + (series - (len(chart.series) - 1) / 2) * 5  # so that none hides another
        for before, after in pairwise(marks):
            if after.step == before.step + 1:  # no line over a quarter that is not shown
                axes.plot([left + shift + gap * before.step, left + shift + gap * after.step],
                          [_height(panel, before.at), _height(panel, after.at)],
                          color=COLOURS[series], lw=1.6)  # fmt: skip
        for mark in marks:
            _upright(axes, chart, panel, mark, left + shift + gap * mark.step)
        if marks and marks[-1].step == len(chart.steps) - 1:
            y = _apart(_height(panel, marks[-1].at), labels)
            labels.append(y)
            _text(axes, right + 4, y, f"{marks[-1].at:.0f} %", size=SMALL, colour=COLOURS[series])


def _apart(y: float, others: list[float]) -> float:
    """The height of a figure, moved where it would stand on another."""
    for other in others:
        if abs(y - other) < SMALL + 2:
            return other + (SMALL + 2) * (1 if y >= other else -1)
    return y


def _upright(axes: Axes, chart: Chart, panel: Panel, mark: Mark, x: float) -> None:
    axes.plot([x, x], [_height(panel, mark.low), _height(panel, mark.high)],
              color=COLOURS[mark.series], lw=1.4)  # fmt: skip
    _mark(axes, chart, mark.series, x, _height(panel, mark.at))


# --- The SVG as pages may show it: no inline style, and colours for the dark.

STYLE = re.compile(r' style="([^"]*)"')
HEAD = re.compile(r"^.*?<svg[^>]*>", re.DOTALL)
DEFS = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>", re.DOTALL)


def _plain(svg: str, width: int, height: int) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'stroke-linejoin="round" font-family="{FONTS}">\n<style>{_dark()}</style>'
    )
    body = DEFS.sub("", HEAD.sub("", svg, count=1), count=1)
    return head + STYLE.sub(lambda found: _attributes(found[1]), body)


def _dark() -> str:
    rules = "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}'
        for light, dark in DARK.items()
    )
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def _attributes(style: str) -> str:
    """An inline style as attributes of its own, which no policy forbids; the font is set above."""
    told = dict(pair.strip().split(": ", 1) for pair in style.split(";") if pair.strip())
    told.pop("font-family", None)
    return "".join(f' {name}="{value}"' for name, value in told.items())
