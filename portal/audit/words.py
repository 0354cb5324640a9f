"""What is written down about who looked at what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Actor(StrEnum):
    CITIZEN = "citizen"
    STAFF = "staff"
    OPERATOR = "operator"  # at the command line
    MACHINE = "machine"  # a client of the doors for machines
    NOBODY = "nobody"  # not signed in


class Act(StrEnum):
    CASE_VIEWED = "case.viewed"
    CASE_REFUSED = "case.refused"  # somebody else's, or none: the two are not told apart
    PAGE_REFUSED = "page.refused"
    CASE_LISTED = "case.listed"  # told to the overview that the citizen reads elsewhere
    CODES_VIEWED = "codes.viewed"
    QUARANTINE_VIEWED = "quarantine.viewed"
    QUARANTINE_OPENED = "quarantine.opened"  # what a rejected record says was read
    ESTIMATES_VIEWED = "estimates.viewed"
    OWED_VIEWED = "owed.viewed"
    # Which text is not written down: the log is not to lead to one.
    RELEASE_VIEWED = "release.viewed"  # texts of citizens, before or after their release
    TEXT_ACCEPTED = "text.accepted"
    TEXT_HIDDEN_IN = "text.hidden_in"
    TEXT_WITHHELD = "text.withheld"
    TEXT_WITHDRAWN = "text.withdrawn"  # after its release
    CODING_VIEWED = "coding.viewed"  # released texts, by who codes them
    TEXT_CODED = "text.coded"
    CODING_SETTLED = "coding.settled"  # by the owner, where two coders disagree
    CODEBOOK_VIEWED = "codebook.viewed"
    CODEBOOK_CHANGED = "codebook.changed"  # what was done is the reason
    THEMES_VIEWED = "themes.viewed"  # figures of themes, quotes, a search in them
    QUOTES_VIEWED = "quotes.viewed"  # released texts, by who chooses quotes
    QUOTE_CHOSEN = "quote.chosen"
    QUOTE_DROPPED = "quote.dropped"
    THEMES_CLOSED = "themes.closed"  # with texts that were not coded
    VOLUNTEERED = "volunteered"
    VOLUNTEERED_NO_MORE = "volunteered.no_more"
    VOLUNTEERS_VIEWED = "volunteers.viewed"
    CHANGES_VIEWED = "changes.viewed"  # what came of themes, and the ideas
    CHANGE_MADE = "change.made"
    CHANGE_EDITED = "change.edited"
    CHANGE_MOVED = "change.moved"  # where to is the reason
    CHANGE_WORDED = "change.worded"  # what citizens are to read was written
    CHANGE_PUBLISHED = "change.published"
    CHANGE_WITHDRAWN = "change.withdrawn"
    IDEA_KEPT = "idea.kept"
    FIGURES_VIEWED = "figures.viewed"
    FIGURES_EXPORTED = "figures.exported"  # a whole quarter, as a file or to a machine
    REPORT_VIEWED = "report.viewed"
    REPORT_ISSUED = "report.issued"
    DATA_VIEWED = "data.viewed"  # by the person whom they are about
    DATA_TAKEN = "data.taken"  # as a file, which is the reason
    CORRECTION_ASKED = "correction.asked"
    ERASURE_ASKED = "erasure.asked"
    ERASED = "erased"  # by the person alone; what is the reason
    REQUESTS_VIEWED = "requests.viewed"  # what citizens ask of their data, by who answers
    REQUEST_ANSWERED = "request.answered"  # how is the reason
    PROBLEMS_VIEWED = "problems.viewed"  # with pages, as people have told of them
    PROBLEM_ANSWERED = "problem.answered"  # how is the reason
    RETENTION_RAN = "retention.ran"  # what was deleted, and how many, is the reason
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in.refused"
    SIGNED_OUT = "signed_out"
    SESSIONS_VIEWED = "sessions.viewed"  # the own ones
    SESSION_ENDED = "session.ended"  # from that list; which is the reason
    LOOKS_VIEWED = "looks.viewed"  # by a citizen: who has opened the own cases
    LOG_VIEWED = "log.viewed"  # this log: what stands out in it
    LOG_SEARCHED = "log.searched"  # a look-up in it, written down before it is made
    LOG_REASONED = "log.reasoned"  # why, in the words of who looks up; hangs on no case
    LOG_EXPIRED = "log.expired"  # the day is the reason: all entries of earlier days are gone


# By these somebody was told something of the case that they name. Refusals are none.
TOLD_OF_CASES = (Act.CASE_VIEWED, Act.CASE_LISTED, Act.LOG_SEARCHED)


class Reason(StrEnum):
    """What somebody looks something up in the log for."""

    ASKED = "asked"  # by a citizen, who wants to know who has looked
    INCIDENT = "incident"
    CONTROL = "control"  # at regular times
    AUTHORITY = "authority"  # the one that supervises asks


class Sought(StrEnum):
    CASE = "case"
    ACCOUNT = "account"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked up in the log: of the three the one that is asked for."""

    what: Sought
    cases: tuple[UUID, ...] = ()
    account: UUID | None = None
    day: date | None = None


class Unusual(StrEnum):
    """Why a look-up needs a reason in writing."""

    ACCOUNT = "account"  # what one person has done
    OWN = "own"  # what the one who looks has done
    OLD = "old"  # long ago
    HOURS = "hours"  # when offices are closed
    MANY = "many"  # one of very many


class Standing(StrEnum):
    """What stands out by itself."""

    REFUSED = "refused"
    NIGHT = "night"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Outstanding:
    what: Standing
    actor: str
    account: UUID
    at: datetime  # the newest, or when it began
    count: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit log. It names accounts and objects by key, never by name or CPR."""

    at: datetime
    act: Act
    actor: Actor
    account: UUID | None = None
    role: str | None = None  # in the case, or at the authority
    case: UUID | None = None
    page: str | None = None  # endpoint
    why: str | None = None  # code of a refusal


class LogNotKept(RuntimeError):
    """Nobody keeps a log of what happens on this connection, or the database did not take it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where an entry stands, and what holds it there."""

    chain: UUID
    number: int  # from 1
    key: str  # name of the audit key
    mac: bytes


class Occasion(StrEnum):
    """Why the head of a chain was written down outside the database."""

    OPENED = "opened"
    MINUTE = "minute"  # entries came
    ENDED = "ended"
    ASKED = "asked"  # at the command line


@dataclass(frozen=True, slots=True)
class Anchor:
    """What an anchor says: by then the chain was so long, and ended so."""

    at: datetime
    day: date  # of the whole chain, in Copenhagen
    link: Link
    why: Occasion


class Fault(StrEnum):
    """What can be wrong with a log."""

    EDITED = "edited"  # the entry is not what was written, or nothing was written there
    MISSING = "missing"  # an entry in the middle is gone
    CUT = "cut"  # the chain was longer once
    GONE = "gone"  # the whole chain was there once
    OTHER = "other"  # another entry stood here when this was anchored
    DOUBLE = "double"  # two entries claim one place
    RETURNED = "returned"  # deleted by rule, and there again
    UNREADABLE = "unreadable"  # no entry could be stored so
    UNKNOWN_KEY = "unknown_key"  # held by a key that is not at hand
    FALSE_ANCHOR = "false_anchor"  # a line among the anchors that we have not written
    NO_ANCHOR = "no_anchor"  # there are entries, and not one anchor


@dataclass(frozen=True, slots=True)
class Finding:
    fault: Fault
    chain: str  # as stored; a chain may be misspelt
    number: int | None = None
    day: date | None = None
