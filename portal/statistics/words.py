"""The vocabulary of the open figures: what is read of a case, and what is published of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portal.cases.words import Decision

OTHER = "other"  # the area, the authority or the outcome that has no row or column of its own
ALL = "all"


class Kind(StrEnum):
    """What a row tells of."""

    ALL = "all"
    GROUP = "group"  # a coarse area (portal.participation.words.Group)
    AREA = "area"
    AUTHORITY = "authority"  # the first instance, most often a municipality


class YearNotClosed(Exception):
    """No figures of this year: it is not over, not closed yet, or before there were any."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is read of a case: fields of `portal.cases.words.State`, by their names there."""

    area: str | None = None
    authority: str | None = None
    received: date | None = None
    clock_from: date | None = None
    decision: Decision | None = None
    earlier_decisions: tuple[Decision, ...] = ()


class Counted(NamedTuple):
    """A case as it counts in a year."""

    year: int
    area: str
    authority: str
    outcome: str
    weeks: int | None  # begun weeks from the receipt to the decision


class Unit(NamedTuple):
    kind: Kind
    code: str  # the code of an area or a group, the name of an authority


@dataclass(frozen=True, slots=True)
class Row:
    """What is published of one unit. None: hidden, or not to be told of so few."""

    kind: Kind
    code: str
    decided: int | None
    outcomes: dict[str, int | None]
    half_within: int | None  # weeks within which half of the cases were decided
    most_within: int | None  # weeks within which nine out of ten were


@dataclass(frozen=True, slots=True)
class Year:
    """The figures of a closed year. They are never revised."""

    year: int
    closed_on: date
    outcomes: tuple[str, ...]  # the columns, OTHER last where there is one
    within_other: tuple[str, ...]  # the outcomes too rare for a column of their own
    rows: tuple[Row, ...]

    def of(self, kind: Kind) -> tuple[Row, ...]:
        """The rows of a kind, in the order in which they are kept."""
        return tuple(row for row in self.rows if row.kind is kind)
