"""The vocabulary of rights: requests and their answers, what is held, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Right(StrEnum):
    """What somebody asks for."""

    CORRECTION = "correction"  # article 16 of the General Data Protection Regulation
    ERASURE = "erasure"  # article 17


class About(StrEnum):
    """What of it."""

    PERSON = "person"  # name, CPR number
    CASE = "case"
    OTHER = "other"


class Verdict(StrEnum):
    """What became of a request."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


class Now(StrEnum):
    """What can be deleted at once, by the person alone."""

    PANEL = "panel"  # the registration for panels, interviews and text tests
    SESSIONS = "sessions"  # all but the one that asks
    ACCOUNT = "account"  # what one signs in with, and the person: where there is no case


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, before it is kept."""

    right: Right
    about: About
    case: UUID | None
    text: str

    def __repr__(self) -> str:
        return "Wish(…)"


@dataclass(frozen=True, slots=True)
class Answer:
    verdict: Verdict
    text: str

    def __repr__(self) -> str:
        return "Answer(…)"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it stands. A text is None where it cannot be opened."""

    id: UUID
    right: Right
    about: About
    case: UUID | None
    made_at: datetime
    due: date  # the last day of the answer
    text: str | None
    answered_at: datetime | None = None
    verdict: Verdict | None = None
    answer: str | None = None

    def __repr__(self) -> str:
        return "Asked(…)"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as is needed to find the case in the case system."""

    name: str | None
    cpr: str | None  # masked
    numbers: tuple[str, ...]  # of the person's own cases

    def __repr__(self) -> str:
        return "Asker(…)"


class RequestNotFound(Exception):
    """No such request, or not this person's: the two are one answer on purpose."""


class RequestAnswered(Exception):
    """Somebody has answered it already."""


class NothingAsked(Exception):
    """A request that names no case of the person's own, where it has to."""


class StillNeeded(Exception):
    """The account cannot go: there is a case, or a request without an answer."""


# --- What is held about a person.

Scalar = str | int | float | bool | date | datetime | None
# Several of a kind, or several facts of each of several.
Value = Scalar | tuple[str, ...] | tuple[dict[str, Scalar], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, as far as they are about the person."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a case. Without facts where it is about somebody else, or nobody can tell."""

    at: datetime
    recorded_at: datetime
    type: str
    facts: tuple[tuple[str, Value], ...]
    withheld: bool  # facts were told that are not shown


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case that is the person's own: not one in which the person acts for somebody else."""

    id: UUID
    facts: tuple[tuple[str, Value], ...]
    parts: Rows
    events: tuple[Happened, ...]
    looks: Rows
    estimates: Rows
    rejected: Rows


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held about one person."""

    at: datetime
    name: str | None
    cpr: str | None  # masked
    since: datetime
    rows: tuple[Rows, ...]
    cases: tuple[HeldCase, ...]
    hidden: int  # cases with a part of the person's that the page of cases does not show either

    def __repr__(self) -> str:
        return "Held(…)"


# --- How long it is kept.


@dataclass(frozen=True, slots=True)
class Period:
    """So many days, months or years; none where the rows themselves say when they go."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of data: what it is, how long it is kept and by which law."""

    kind: str
    tables: tuple[str, ...]
    what: str
    period: Period | None
    since: str
    law: str
    by: str  # the action that deletes it, or the command
    confirmed: bool  # by the authority


@dataclass(frozen=True, slots=True)
class Gone:
    """What a run has deleted of one kind, or would."""

    kind: str
    count: int
