"""The vocabulary of figures. What is None is hidden, and nobody can look it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from portal.organisation.words import Unit
from portal.participation.words import Quarter

ALL = "all"  # outcomes, or languages, that are not parted
ANSWERED = "answered"  # the measure that counts answers


class Outcome(StrEnum):
    """As the citizen sees it; `unknown` also where the question was left out."""

    BETTER = "better"
    SAME = "same"
    SENT_BACK = "sent_back"
    DISMISSED = "dismissed"
    UNKNOWN = "unknown"


class Language(StrEnum):
    """Of the view that the answer was given in."""

    DANISH = "danish"
    OTHER = "other"


class QuarterNotClosed(Exception):
    """There are no figures of this quarter, or not yet."""


class TooEarly(Exception):
    """Answers about this quarter may still come, or nobody was asked about it."""


class AlreadyClosed(Exception):
    """The figures of this quarter were published: they are never counted again."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the tables."""

    unit: str
    outcome: str
    language: str
    measure: str
    n: int | None  # how many answered the question; for an option: how many answered at all
    of: int | None  # of them in the upper half of the scale, or who ticked the option


@dataclass(frozen=True, slots=True)
class Turnout:
    unit: str
    decided: int | None
    invited: int | None
    answered: int | None


@dataclass(frozen=True)
class QuarterFigures:
    """All that is published of a quarter."""

    quarter: Quarter
    units: tuple[Unit, ...]  # as they were then, those around others first
    turnouts: tuple[Turnout, ...]
    figures: tuple[Figure, ...]

    @cached_property
    def _placed(self) -> Mapping[tuple[str, str, str], Mapping[str, Figure]]:
        placed: dict[tuple[str, str, str], dict[str, Figure]] = {}
        for one in self.figures:
            placed.setdefault((one.unit, one.outcome, one.language), {})[one.measure] = one
        return placed

    def by(self, unit: str, outcome: str = ALL, language: str = ALL) -> Mapping[str, Figure]:
        """The figures of one cell by measure; empty where there is no such cell."""
        return self._placed.get((unit, outcome, language), {})

    def unit(self, key: str) -> Unit | None:
        """The unit of this key, where it was there then."""
        return next((one for one in self.units if one.key == key), None)

    def turnout(self, unit: str) -> Turnout | None:
        """How many were decided, invited and answered, where there is such a unit."""
        return next((one for one in self.turnouts if one.unit == unit), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A cohort as figures need it: which groups it holds, how many were invited, its last day."""

    name: str
    groups: tuple[str, ...]
    invited: int | None
    until: date


@dataclass(frozen=True, slots=True)
class Measured:
    """A result of the yearly internal measurement."""

    year: int
    unit: str
    dimension: str
    n: int
    share: float  # from 0 to 1


class FaultyMeasurement(Exception):
    """Lines of a file of measurements that cannot be taken in. The message names each."""
