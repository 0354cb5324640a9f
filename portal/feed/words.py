"""The vocabulary of the feed: what one record can be, and why it can be refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from portal.cases.words import Happening


class Code(StrEnum):
    """Why a record was refused. Never says what stood there: that may be a CPR number."""

    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    LINE_TOO_LONG = "line_too_long"
    TOO_DEEP = "too_deep"
    MISSING = "missing"
    NULL = "null"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    SPECVERSION = "specversion"
    CONTENT_TYPE = "content_type"
    NOT_A_DATE = "not_a_date"
    NO_ZONE = "no_zone"
    NO_DATE = "no_date"
    FUTURE = "future"
    BEFORE_EVENT = "before_event"
    CONTRADICTION = "contradiction"
    TEXT_TOO_LONG = "text_too_long"
    CONTROL_CHARACTER = "control_character"
    OUT_OF_RANGE = "out_of_range"
    NOT_CPR = "not_cpr"
    CPR_IN_CLEAR = "cpr_in_clear"
    NOT_STORED = "not_stored"


SENTENCES: dict[Code, str] = {
    Code.NOT_UTF8: "the record is not UTF-8 text",
    Code.NOT_JSON: "the record is not one JSON value",
    Code.LINE_TOO_LONG: "the record is longer than 256 kB",
    Code.TOO_DEEP: "values are nested too deeply",
    Code.MISSING: "the field is missing",
    Code.NULL: "the field must have a value, and is null",
    Code.EMPTY: "the field must have a value, and is empty",
    Code.WRONG_TYPE: "the value is of the wrong type",
    Code.SPECVERSION: "only CloudEvents 1.0 is understood",
    Code.CONTENT_TYPE: "only JSON data are understood",
    Code.NOT_A_DATE: "the value is not a date or time as RFC 3339 writes them",
    Code.NO_ZONE: "the time does not name its zone",
    Code.NO_DATE: "the date stands for no date, and the field must have one",
    Code.FUTURE: "the date lies in the future, and tells of something that has happened",
    Code.BEFORE_EVENT: "the date lies ahead of the event, and is earlier than the event",
    Code.CONTRADICTION: "the date is earlier than one that it must follow",
    Code.TEXT_TOO_LONG: "the text is too long",
    Code.CONTROL_CHARACTER: "the text holds a control character",
    Code.OUT_OF_RANGE: "the number is out of range",
    Code.NOT_CPR: "the value is not a CPR number",
    Code.CPR_IN_CLEAR: "the text holds what looks like a CPR number, and is not the place for one",
    Code.NOT_STORED: "the case could not be stored with this event; nothing of it was changed",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and at which field."""

    code: Code
    field: str | None = None

    def __str__(self) -> str:
        return f"{self.field}: {SENTENCES[self.code]}" if self.field else SENTENCES[self.code]


class Refused(Exception):
    """A record cannot be taken in."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


# --- Data of those events that name a person. The feed knows people by CPR number, a case by id.


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PartyAddedByCpr:
    cpr: str
    name: str | None = None
    role: str
    relation: str | None = None
    acts_for_cpr: str | None = None
    acts_for_name: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PartyEndedByCpr:
    cpr: str
    role: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RequestMadeByCpr:
    request: str
    addressee: str
    kind: str
    due: date | None = None
    cpr: str | None = None  # with addressee `party`: which one


Heard = Happening | PartyAddedByCpr | PartyEndedByCpr | RequestMadeByCpr


# --- What one record can be.


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """A record that holds. `beside` is JSON that the portal does not understand: kept, sealed."""

    source: str
    id: str
    subject: str
    at: datetime
    sequence: int
    data: Heard
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The source is alive and has nothing more to tell up to this moment."""

    source: str
    at: datetime
    name: str | None = None  # of the source, for people
    silent_after: int | None = None  # minutes
    sequence: int | None = None  # of its newest event: it numbers all, one after the other


@dataclass(frozen=True, slots=True)
class Rejected:
    reasons: tuple[Reason, ...]


class Result(StrEnum):
    ACCEPTED = "accepted"
    KNOWN = "known"  # was there already: nothing changed
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one record."""

    result: Result
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers, first and last included, that a source has given to events and not told."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What an extract says of a case, and what the portal holds; None where it is nothing."""

    source: str
    subject: str
    field: str
    extract: str | None
    portal: str | None


class Overview(IntEnum):
    """The statuses of Mit Overblik, by their numbers there."""

    CREATED = 1
    IN_PROGRESS = 2
    DECIDED = 3
    ENDED = 4
    DISMISSED = 5


# What Mit Overblik calls them.
OVERVIEW_NAMES = {
    Overview.CREATED: "Oprettet",
    Overview.IN_PROGRESS: "Behandles",
    Overview.DECIDED: "Afgjort",
    Overview.ENDED: "Afsluttet",
    Overview.DISMISSED: "Afvist",
}


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """When a case system was last heard, by its own clock."""

    source: str
    name: str
    heard_at: datetime | None  # None: never
    silent: bool
    sequence: int | None = None  # the number of its newest event, where it numbers them
