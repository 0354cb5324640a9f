"""How long to measure for, and how figures are shown."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure for."""

    rounds: int
    seconds: float  # of each subject in each round
    steady: float  # seconds of each run at a constant rate
    cases: int  # of a feed


FULL = Effort(rounds=5, seconds=3, steady=15, cases=200_000)
QUICK = Effort(rounds=2, seconds=1, steady=3, cases=4_000)


class Spread(NamedTuple):
    """The middle of several measurements, with the lowest and the highest."""

    middle: float
    low: float
    high: float

    def shown(self, digits: int) -> str:
        return f"{self.middle:.{digits}f} ({self.low:.{digits}f}–{self.high:.{digits}f})"


def spread_of(values: Iterable[float]) -> Spread:
    ordered = sorted(values)
    return Spread(median(ordered), ordered[0], ordered[-1])


def table(head: Sequence[str], lines: Sequence[str]) -> str:
    """A table in Markdown, its lines as they are given."""
    rule = ["---", *("--:" for _ in head[1:])]
    return "\n".join((f"| {' | '.join(head)} |", f"|{'|'.join(rule)}|", *lines))
