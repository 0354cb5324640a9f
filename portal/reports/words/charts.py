"""What is drawn, with every word that stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a mark looks without its colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    CROSS = "cross"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class Mark:
    """One share as it is drawn, in per cent."""

    series: int  # index into the chart's series
    at: float
    low: float
    high: float
    step: int = 0  # index into the chart's steps


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of a chart: its name, and the marks of it."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, with every word that stands in it."""

    code: str
    series: tuple[tuple[str, Shape], ...]  # their names and shapes, in the order of the key
    lines: tuple[Line, ...]
    steps: tuple[str, ...] = ()  # names along the time axis; none where there is no time
