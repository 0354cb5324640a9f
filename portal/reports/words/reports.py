"""The vocabulary of reports: periods, and the value that every form of a report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.changes.words import Change, Moved
from portal.figures.words import Outcome, Turnout
from portal.organisation.words import Unit
from portal.participation.words import Quarter
from portal.themes.words import Quote, Theme


class ReportNotFound(Exception):
    """No such quarter, unit, report or chart; or the quarter is not closed. Not told apart."""


class AlreadyIssued(Exception):
    """This report was issued before; it is remembered as it was then."""


class Kind(StrEnum):
    """How much time a report is about, and of whom."""

    HALF = "half"  # of an office or a department
    YEAR = "year"  # of the agency
    THEME = "theme"  # a review of one theme over all units, for a half-year


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-year, or a year. Written 2026-h1 or 2026."""

    year: int
    half: int | None = None  # 1 or 2

    def __str__(self) -> str:
        return f"{self.year}-h{self.half}" if self.half else str(self.year)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Its quarters, the earliest first."""
        numbers = (2 * self.half - 1, 2 * self.half) if self.half else (1, 2, 3, 4)
        return tuple(Quarter(self.year, number) for number in numbers)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who answered are in the upper half, or ticked an option."""

    of: int
    n: int
    low: float  # of the interval of 95 %
    high: float

    @property
    def share(self) -> float:
        """What the interval lies around."""
        return self.of / self.n


@dataclass(frozen=True, slots=True)
class Slice:
    """What one quarter shows of one unit: by measure and outcome `n` and `of`, None if hidden."""

    turnout: Turnout
    cells: Mapping[tuple[str, str], tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure with what each outcome says of it; None is hidden."""

    measure: str
    shares: tuple[tuple[Outcome, Share | None], ...]

    def of(self, outcome: Outcome) -> Share | None:
        """What those say whose case ended so."""
        return dict(self.shares).get(outcome)


@dataclass(frozen=True, slots=True)
class Block:
    """Measures that are shown in one chart: a page of the questionnaire, or one list."""

    code: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """One measure over quarters, for one outcome; None is hidden, or was not asked."""

    measure: str
    outcome: Outcome
    shares: tuple[Share | None, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A dimension as it was measured within, and as citizens rate it."""

    dimension: str
    year: int
    within: Share
    rows: tuple[Row, ...]  # the citizens' questions of the same dimension


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of one unit for some quarters: the dashboard, and the figures of a report."""

    unit: Unit
    quarters: tuple[Quarter, ...]  # what is summed; one on the dashboard
    turnout: Turnout
    blocks: tuple[Block, ...]
    lists: tuple[Block, ...]
    earlier: tuple[Quarter, ...]  # the axis of what follows, the earliest first
    turnouts: tuple[Turnout | None, ...]
    past: tuple[Past, ...]
    beside: tuple[Beside, ...]
    hidden: int  # how many cells of these tables have too few answers


@dataclass(frozen=True, slots=True)
class Found:
    """A theme as one polarity has it, with its quotes."""

    theme: Theme
    polarity: str
    n: int | None
    texts: int | None
    quotes: tuple[Quote, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Done:
    """A change, with what its indicator did."""

    change: Change
    moved: Moved


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says, as values. Its pages and its PDF are made of this alone."""

    kind: Kind
    unit: Unit
    period: Period
    view: str
    seen: Seen | None  # a review of a theme has figures of that theme alone
    theme: Theme | None
    missing: tuple[Quarter, ...]  # quarters of the period that have no figures
    found: tuple[Found, ...]
    uncoded: tuple[Quarter, ...]  # quarters whose themes are not fixed yet
    done: tuple[Done, ...]
    issued: Issued | None = None
    withdrawn: int = 0  # quotes that it had when it was issued, and that have been taken out since

    @property
    def subject(self) -> str:
        """What it is about: the code of a theme, or "<level>:<code>" of a unit."""
        if self.kind is Kind.THEME and self.theme is not None:
            return self.theme.code
        return self.unit.key


@dataclass(frozen=True, slots=True)
class Issued:
    """That a report was issued, and the keys of what it quoted then."""

    id: UUID
    kind: Kind
    subject: str  # "<level>:<code>" of a unit, or the code of a theme
    period: str
    on: date
    quotes: tuple[str, ...]
