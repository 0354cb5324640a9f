"""What is written down about who looked at what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    RETENTION_RAN = "retention.ran"  # what was deleted, and how many, is the reason
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in.refused"
    SIGNED_OUT = "signed_out"


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
