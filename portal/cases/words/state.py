"""What a case is, as its events say, and as somebody may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.cases.words.codes import Role, Stage
from portal.cases.words.happenings import Issue, Linked


@dataclass(frozen=True, slots=True)
class Request:
    request: str
    addressee: str
    kind: str
    made: date
    due: date | None
    person: UUID | None = None
    moved_from: tuple[date, ...] = ()  # earlier due dates, oldest first
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    on: date  # the date that was promised
    reason: str
    said: date  # the day it was announced


@dataclass(frozen=True, slots=True)
class Decision:
    on: date
    outcome: str
    favours: str | None
    issues: tuple[Issue, ...]
    authority_due: date | None
    passed_to: str | None


@dataclass(frozen=True, slots=True)
class DecidedAgain:
    on: date
    result: str


@dataclass(frozen=True, slots=True)
class Party:
    person: UUID
    role: str
    relation: str | None
    acts_for: UUID | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of what has happened. `what` and `code` choose the words."""

    what: str
    on: date
    code: str | None = None
    due: date | None = None
    back: bool = False  # the case went back to an earlier stage


@dataclass(frozen=True, slots=True)
class Unknown:
    """A code that the portal has no words for, and the event that brought it."""

    kind: str
    code: str
    event: str


@dataclass(frozen=True, slots=True)
class State:
    """A case as its events say it is. Absent facts are None: nothing is filled in by guess."""

    number: str | None = None
    area: str | None = None
    authority: str | None = None
    complained_of: date | None = None
    filed: date | None = None
    received: date | None = None
    clock_from: date | None = None  # received, or reopened: what waiting is counted from
    office: str | None = None
    office_since: date | None = None
    stage: Stage | None = None
    stage_since: date | None = None
    stage_before: Stage | None = None  # the working stage that the decision was made from
    requests: tuple[Request, ...] = ()
    suspended: str | None = None
    suspended_since: date | None = None
    announced: tuple[Announcement, ...] = ()
    meeting: date | None = None
    urgent: bool = False
    decision: Decision | None = None
    earlier_decisions: tuple[Decision, ...] = ()
    decision_withdrawn: date | None = None  # one issued by mistake, until there is another
    ending: str | None = None
    closed: date | None = None
    reopening_requested: date | None = None
    reopening_refused: date | None = None
    reopened: date | None = None
    decided_again: DecidedAgain | None = None
    withheld: str | None = None
    links: tuple[Linked, ...] = ()
    parties: tuple[Party, ...] = ()
    moments: tuple[Moment, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    stage_unclear: bool = False  # the newest stage told is one without words
    last_event: datetime | None = None


@dataclass(frozen=True, slots=True)
class Represented:
    """Somebody whom the reader of a case acts for."""

    person: UUID
    name_sealed: bytes | None


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case as one person may see it, and as whom."""

    id: UUID
    source: str
    subject: str
    state: State
    role: Role
    person: UUID
    acts_for: tuple[Represented, ...]  # as far as that is told


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a batch of events for one case."""

    case: UUID
    added: int
    known: int  # were there already: nothing changed


@dataclass(frozen=True, slots=True)
class WordlessCode:
    """A code that no text stands for, and how many cases hold it."""

    kind: str
    code: str
    cases: int
    first: datetime
    last: datetime


class CaseNotFound(Exception):
    """No such case, or not this person's: the two are one answer on purpose."""
