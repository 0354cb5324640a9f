"""What is said about how accessible the portal is, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_POINTS = 500
# The bands of the official monitoring: from here on a site meets the standard, or most of it.
MEETS, MEETS_MOST = 476, 376
GOOD_FOR_DAYS = 365  # a statement is gone through at least once a year


class Status(StrEnum):
    """The three levels that a statement may name."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A criterion of WCAG that does not hold everywhere, and on how many pages it fails."""

    criterion: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the last run over every page found. Written by `make access`, by nobody's hand."""

    ran_on: date
    complete: bool  # False: some of the pages have not been looked at
    tools: tuple[str, ...]
    pages: tuple[str, ...]  # keys of the gallery: each is a page in a state
    views: tuple[str, ...]
    widths: tuple[int, ...]
    looks: int
    findings: int
    unreviewed: int
    points: int | None  # None: not counted, as the run was not whole
    failed: tuple[Failed, ...]
    journeys: int
    spoken: tuple[str, ...]  # the views whose transcripts were read by a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What no program can know. Kept by hand, beside the summary."""

    gone_through: date  # when a person last read the statement against the portal
    tried_by_people: date | None = None  # who use a screen reader, magnifier or switch themselves
    audited: date | None = None  # by somebody outside
    known: tuple[str, ...] = ()  # faults that are known: `accessibility.known.<name>`


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The statement, ready to be said."""

    status: Status
    summary: Summary
    facts: Facts
    untested: tuple[str, ...]  # `accessibility.untested.<name>`
    stale: bool

    @property
    def stated_on(self) -> date:
        """The older of the two: a statement is as old as what it rests on."""
        return min(self.summary.ran_on, self.facts.gone_through)
