"""The vocabulary of answers that wait: tickets, cohorts, pools, and why a ticket is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

KEY_LENGTH = 32  # 128 random bits as hexadecimal digits


@dataclass(frozen=True, slots=True)
class Ticket:
    """A participation token as it is handed in. Whoever has it may answer once."""

    cohort: str
    prepared: bytes
    signature: bytes

    def __repr__(self) -> str:
        return "Ticket(…)"


@dataclass(frozen=True, slots=True)
class Cohort:
    """The decisions of a quarter and a coarse area, whose readers sign in with one key."""

    name: str  # <year>-<quarter>-<group>
    key: bytes  # SubjectPublicKeyInfo, DER
    issue_from: date
    issue_until: date
    redeem_until: date


@dataclass(frozen=True, slots=True)
class Ratings:
    """What was ticked in one answer, texts left out."""

    key: str  # random: it says nothing but which row this is
    version: str  # of the questionnaire
    lang: str
    ratings: dict[str, str]
    choices: dict[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return "Ratings(…)"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an answer, scrubbed. Nothing leads from it to the rest of the answer."""

    key: str
    version: str
    lang: str
    question: str
    text: str

    def __repr__(self) -> str:
        return "Text(…)"


@dataclass(frozen=True, slots=True)
class Pool:
    """What waits in a cohort: ratings and texts apart, each in the order of its random keys."""

    ratings: tuple[Ratings, ...] = ()
    texts: tuple[Text, ...] = ()


class WrongList(Exception):
    """The published list of cohorts cannot be believed. The message says which line, and why."""


class Refused(Exception):
    """A ticket was not taken. What was to be sent is not stored."""


class UnknownCohort(Refused):
    """The published list has no cohort of this name."""


class ClosedCohort(Refused):
    """Tickets of this cohort are not taken yet, or no longer."""


class ForgedToken(Refused):
    """The signature is not that of the cohort's key."""


class SpentToken(Refused):
    """Somebody has answered with this token before."""
