"""Charts: the same values are the same drawing, and each mark stands out."""

from __future__ import annotations

import pytest

from portal.reports.rules import layout
from portal.reports.rules.drawing import COLOURS, DARK, GROUND, drawn
from portal.reports.words.charts import Chart, Line, Mark, Shape

SERIES = tuple(zip(("A", "B", "C", "D", "E", "F"), Shape, strict=True))


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_mark_stands_out_by_colour_and_by_shape(scheme: str) -> None:
    shown = COLOURS if scheme == "light" else [DARK[one] for one in COLOURS]
    ground = luminance(GROUND if scheme == "light" else DARK[GROUND])
    for colour in shown:
        light, dark = sorted((luminance(colour), ground), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3
    assert len(set(Shape)) == len(SERIES) == len(set(COLOURS))


def test_the_same_chart_is_the_same_bytes() -> None:
    marks = tuple(Mark(series, 10 * series, 0, 20 * series, step)
                  for series in range(2) for step in (0, 1, 3))  # fmt: skip
    steps = ("a", "b", "c", "d")
    chart = Chart("x", SERIES[:2], (Line("$x$ <b> & _y_", marks), Line("Tom", ())), steps)
    for form in layout.WIDTHS:
        told = drawn(chart, form, "for få")
        assert told == drawn(chart, form, "for få")
        assert "$x$ &lt;b&gt; &amp; _y_" in told.decode()
        width, height = layout.size_of(chart, form)
        assert f'viewBox="0 0 {width} {height}"' in told.decode()
    one_step = Chart("y", SERIES[:2], (Line("En", marks[:1]),), ("a",))
    assert b">En<" in drawn(one_step, "wide", "")


@pytest.mark.parametrize("other", [51, 20])
def test_figures_do_not_stand_on_each_other(other: int) -> None:
    marks = tuple(Mark(series, at, at - 2, at + 2, 1) for series, at in ((0, 50), (1, other)))
    told = drawn(Chart("x", SERIES[:2], (Line("L", marks),), ("a", "b")), "wide", "").decode()
    heights = [float(one.split('y="')[1].split('"')[0]) for one in told.split("<text")
               if ">50 %<" in one or f">{other} %<" in one]  # fmt: skip
    assert abs(heights[-1] - heights[-2]) >= 12
