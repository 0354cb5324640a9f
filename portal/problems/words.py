"""The vocabulary of reports: what was wrong, where, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Status(StrEnum):
    """How far a report has come."""

    NEW = "new"
    HANDLED = "handled"  # the page was mended
    ANSWERED = "answered"  # it stays as it is, and the answer says why


@dataclass(frozen=True, slots=True)
class Met:
    """A problem as it is told."""

    page: str  # where: an address without keys of cases, or words
    state: str  # of the page, where the gallery showed it
    view: str  # in which language
    text: str
    means: str  # what the page was read with: a screen reader, large text

    def __repr__(self) -> str:
        return "Met(…)"


@dataclass(frozen=True, slots=True)
class Report:
    """A problem with what became of it. A text is None where it cannot be opened."""

    id: UUID
    page: str
    state: str
    view: str
    text: str | None
    means: str | None
    made_at: datetime
    status: Status
    answer: str | None
    answered_at: datetime | None

    def __repr__(self) -> str:
        return "Report(…)"


@dataclass(frozen=True, slots=True)
class Answer:
    status: Status
    text: str

    def __repr__(self) -> str:
        return "Answer(…)"


class ReportNotFound(Exception):
    """There is no such report, or it has been deleted."""


class InboxFull(Exception):
    """More reports wait than anybody can read."""
