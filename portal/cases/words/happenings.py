"""What can happen to a case: a class for each type of event. Field names are the feed's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The complaint reached the authority that decided; it must reassess."""

    number: str | None = None
    area: str | None = None
    authority: str
    complained_of: date | None = None  # date of the decision complained of
    on: date | None = None  # day the complaint was received; absent: the event's own day


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The board received the case. `number` is the journal number."""

    number: str
    area: str
    authority: str
    complained_of: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A caseworker has the case. Only the office is told."""

    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered:
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMade:
    """Somebody was asked for something. `request` names it within the case."""

    request: str
    addressee: str
    kind: str
    due: date | None = None
    person: UUID | None = None  # with addressee `party`: which one


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMoved:
    request: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswered:
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn:
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingScheduled:
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAnnounced:
    """The caseworker announced when a decision is to be expected."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencySet:
    urgent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One question of several in the same decision. `title` is the source's Danish text."""

    title: str
    outcome: str
    favours: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    outcome: str
    favours: str | None = None
    issues: tuple[Issue, ...] = ()
    on: date | None = None
    authority_due: date | None = None  # when the authority must have acted
    passed_to: str | None = None  # with outcome passed_on: the right authority


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn:
    """The decision was issued by mistake; the case goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningRequested:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningRefused:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """The case is examined again; the clock restarts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityDecidedAgain:
    """After hjemvisning the authority made its new decision."""

    result: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Another case belongs with this one; `case` is the other's subject at the same source."""

    case: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """The authority keeps the case out of the portal (for instance a protected address)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The case may be shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAdded:
    person: UUID
    role: str
    relation: str | None = None  # with parent and guardian: the explicit relation
    acts_for: UUID | None = None  # with representative, guardian, parent: whom
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyEnded:
    person: UUID
    role: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """An earlier event was wrong. `replaced_by` holds its right data; None withdraws it."""

    event: str
    replaced_by: dict[str, object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecognised:
    """An event of a type that the portal does not know. It is kept and changes nothing."""

    type: str


Happening = (
    Filed
    | Received
    | Assigned
    | StageEntered
    | RequestMade
    | RequestMoved
    | RequestAnswered
    | RequestWithdrawn
    | MeetingScheduled
    | Suspended
    | Resumed
    | DateAnnounced
    | UrgencySet
    | Decided
    | DecisionWithdrawn
    | Closed
    | ReopeningRequested
    | ReopeningRefused
    | Reopened
    | AuthorityDecidedAgain
    | Linked
    | Withheld
    | Released
    | PartyAdded
    | PartyEnded
    | Corrected
    | Unrecognised
)

# In the usual order: of two events at the same moment the earlier class counts first.
HAPPENINGS: tuple[type[Happening], ...] = (
    PartyAdded,
    Filed,
    Received,
    Assigned,
    StageEntered,
    RequestMade,
    RequestMoved,
    RequestAnswered,
    RequestWithdrawn,
    MeetingScheduled,
    Suspended,
    Resumed,
    DateAnnounced,
    UrgencySet,
    Decided,
    DecisionWithdrawn,
    Closed,
    ReopeningRequested,
    ReopeningRefused,
    Reopened,
    AuthorityDecidedAgain,
    Linked,
    Withheld,
    Released,
    PartyEnded,
    Corrected,
    Unrecognised,
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one case, as told by `source`."""

    source: str
    id: str  # unique within the source
    at: datetime  # when it happened; aware
    data: Happening
    sequence: int = 0  # order within the source, where it tells one
