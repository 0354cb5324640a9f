"""The vocabulary of a complaint case: codes, what can happen to a case, and what a case is.

Codes that a case system may invent (areas, outcomes, reasons, kinds) are plain strings in what
arrives; the enums below name those that the portal has words for. Any other code is kept and is
never guessed at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Stage(StrEnum):
    """Where a case stands. The order is the usual course; a case may go back."""

    REASSESSMENT = "reassessment"  # genvurdering: the authority looks at its own decision again
    QUEUED = "queued"  # received by the board, waiting for a caseworker
    CLARIFICATION = "clarification"  # oplysning: information is being fetched
    HEARING = "hearing"  # partshøring
    ASSESSMENT = "assessment"
    MEETING = "meeting"  # ankemøde
    DECIDED = "decided"
    RETURNED = "returned"  # after hjemvisning: the authority must decide again
    CLOSED = "closed"


class Outcome(StrEnum):
    UPHELD = "upheld"  # stadfæstelse
    CHANGED = "changed"  # ændring
    ANNULLED = "annulled"  # ophævelse
    RETURNED = "returned"  # hjemvisning
    DISMISSED = "dismissed"  # afvisning
    PASSED_ON = "passed_on"  # henvisning


MIXED = "mixed"  # in what is told: the questions of one decision were answered differently


class Favour(StrEnum):
    """For whom a changed decision is better. Absent means that the source has not said."""

    COMPLAINANT = "complainant"
    AUTHORITY = "authority"
    PARTLY = "partly"


class Ending(StrEnum):
    """Why a case was closed."""

    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    AUTHORITY_CHANGED = "authority_changed"  # fuldt medhold ved genvurdering
    LAPSED = "lapsed"  # nothing more to decide, e.g. the need has ended


class Addressee(StrEnum):
    """Who owes an answer."""

    COMPLAINANT = "complainant"
    PARTY = "party"  # one named party by own right
    OTHER_PARTY = "other_party"  # the opposing party, where there is one
    AUTHORITY = "authority"
    DOCTOR = "doctor"
    CONSULTANT = "consultant"  # the board's own medical consultant
    OTHER_AUTHORITY = "other_authority"


class RequestKind(StrEnum):
    """What is asked for."""

    MEDICAL = "medical"
    INCOME = "income"
    DOCUMENTS = "documents"
    STATEMENT = "statement"
    REMARKS = "remarks"  # partshøring
    CONSENT = "consent"


class SuspensionReason(StrEnum):
    COURT_CASE = "court_case"
    LEADING_CASE = "leading_case"  # principsag
    OTHER_AUTHORITY = "other_authority"
    PARTY_WISH = "party_wish"


class MoveReason(StrEnum):
    """Why an announced date was set or moved."""

    FIRST = "first"
    AWAITING_INFORMATION = "awaiting_information"
    MEDICAL = "medical"
    MEETING = "meeting"
    BUSY = "busy"
    COMPLEX = "complex"


class LinkKind(StrEnum):
    CONTINUES = "continues"
    SAME_MATTER = "same_matter"


class AgainResult(StrEnum):
    """What the authority decided after the case was returned to it."""

    IN_FAVOUR = "in_favour"
    PARTLY = "partly"
    SAME = "same"


class Role(StrEnum):
    COMPLAINANT = "complainant"
    PARTY = "party"  # party by own right
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"
    PARENT = "parent"


class Area(StrEnum):
    """Areas of law that the portal has words for."""

    SICKNESS_BENEFIT = "sickness_benefit"
    CASH_BENEFIT = "cash_benefit"
    DISABILITY_PENSION = "disability_pension"
    SENIOR_PENSION = "senior_pension"
    RESOURCE_PROGRAMME = "resource_programme"
    FLEX_JOB = "flex_job"
    REHABILITATION = "rehabilitation"
    HOUSING_BENEFIT = "housing_benefit"
    STATE_PENSION = "state_pension"
    PARENTAL_BENEFIT = "parental_benefit"
    CHILD_BENEFIT = "child_benefit"
    REPAYMENT = "repayment"
    SINGLE_PAYMENT = "single_payment"
    ADDED_COSTS_ADULT = "added_costs_adult"
    ADDED_COSTS_CHILD = "added_costs_child"
    LOST_EARNINGS = "lost_earnings"
    AIDS = "aids"
    CAR = "car"
    HOME_ADAPTATION = "home_adaptation"
    PERSONAL_ASSISTANCE = "personal_assistance"
    COMPANION = "companion"
    HOME_CARE = "home_care"
    HOUSING_SUPPORT = "housing_support"
    CHILD_SUPPORT_MEASURES = "child_support_measures"
    PLACEMENT = "placement"
    CONTACT_WITH_CHILD = "contact_with_child"
    WORK_INJURY = "work_injury"
    STUDENT_GRANT = "student_grant"
    SPECIAL_EDUCATION = "special_education"
    EQUAL_TREATMENT = "equal_treatment"
    ADOPTION = "adoption"
    WORKING_ENVIRONMENT = "working_environment"
    PSYCHOLOGISTS = "psychologists"


# --- What can happen to a case. One class for each type of event; the field names are the feed's.


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


# --- What a case is.


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
class SeenCase:
    """A case as one person may see it, and as whom."""

    id: UUID
    source: str
    subject: str
    state: State
    role: Role
    person: UUID
    acts_for: UUID | None  # whom the reader represents, where that is told
    acts_for_name: bytes | None  # sealed


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
