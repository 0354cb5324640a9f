"""The codes that the portal has words for."""

from __future__ import annotations

from enum import StrEnum


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


class Progress(StrEnum):
    """Where a case stands in the words of OIO Sag (fremdrift), which `stage` may hold too."""

    ARISEN = "Opstaaet"
    INFORMED = "Oplyst"
    DECIDED = "Afgjort"
    ORDERED = "Bestilt"
    CARRIED_OUT = "Udfoert"
    ENDED = "Afsluttet"


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
