"""What a page tells one reader about one case, as passages in the order in which they are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.cases.words import Role
from portal.explanations.words import Audience, Passage


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and as what. `acts_for` is empty where that is not told or not so."""

    person: UUID
    role: Role
    acts_for: frozenset[UUID] = frozenset()
    acts_for_name: str | None = None  # of all of them, as a list in words


@dataclass(frozen=True, slots=True)
class Task:
    """Something the reader is asked for. The passages are said in this order."""

    what: Passage
    otherwise: Passage
    due: date | None
    late: bool
    moved: Passage | None
    key: str  # the request's name, for the calendar file


class DayKind(StrEnum):
    """What the reader can do until a last day."""

    TASK = "task"
    OMBUDSMAN = "ombudsman"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class LastDay:
    """A last day of the reader's, for a calendar. `key` is its name within the case."""

    key: str
    on: date
    kind: DayKind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    kind: str  # done, now, maybe
    on: date | None
    text: Passage
    back: bool = False


@dataclass(frozen=True, slots=True)
class IssueLine:
    title: str  # the source's Danish text
    outcome: Passage


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision in plain words."""

    on: date
    badge: Passage
    meaning: tuple[Passage, ...]
    issues: tuple[IssueLine, ...]
    authority: tuple[Passage, ...]
    ways: tuple[Passage, ...]  # what the reader can do now


@dataclass(frozen=True, slots=True)
class CasePage:
    """What the page of one case says today to one reader, in the order in which it is said."""

    audience: Audience
    heading: Passage
    about: Passage
    board: Passage | None  # who decides, where that is a board
    complained_of: str | None  # the authority, where one's decision is complained of
    badge: Passage
    banner: Passage | None
    tasks: tuple[Task, ...]
    now: tuple[Passage, ...]
    holder: Passage
    verdict: Verdict | None
    earlier: tuple[Passage, ...]  # what was decided before the case was reopened
    ending: Passage | None
    dates: tuple[Passage, ...]
    date_history: tuple[Passage, ...]
    coming: tuple[Passage, ...]
    branches: tuple[Passage, ...]
    timeline: tuple[Line, ...]
    what_moves: Passage | None  # said where a date of the board's own is told
    how: Passage  # how to send what is asked for
    nothing: Passage | None  # said only where it is known that nothing is asked of the reader
    last_days: tuple[LastDay, ...]  # still to come


@dataclass(frozen=True, slots=True)
class Card:
    """A case in the list."""

    audience: Audience
    heading: Passage
    board: Passage | None
    badge: Passage
    banner: Passage | None
    now: Passage
    expected: Passage | None
    task: Task | None  # the most urgent one
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """When a decision is to be expected, by what happened to cases like this one."""

    before: tuple[Passage, ...]  # the date that was announced comes first
    lead: tuple[Passage, ...]  # the range, or why there is none; an apology comes first
    likely: bool  # a range is told: eight of ten were decided within one like it
    share: tuple[Passage, ...]
    basis: tuple[Passage, ...]
    after: tuple[Passage, ...]  # limit and target, and how often the target is met
    moves: tuple[Passage, ...]  # what was told before, the oldest first
    what_moves: Passage | None
