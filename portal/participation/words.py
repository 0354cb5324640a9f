"""The vocabulary of participation: quarters, coarse areas, cohorts, and why no token is issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID


class Group(StrEnum):
    """Coarse areas. Each holds many kinds of cases, so that an answer points at none of them."""

    EMPLOYMENT = "employment"
    BENEFITS = "benefits"
    DISABILITY = "disability"
    CHILDREN = "children"
    WORK_INJURY = "work_injury"
    BOARDS = "boards"
    OTHER = "other"


ALL = "all"  # the name of the cohort of a quarter with too few decisions to part them


class NotInvited(Exception):
    """Nobody is asked about this decision: there is no key for it, not yet or no longer."""


class AlreadyIssued(Exception):
    """This person was given a token for this decision before, in exchange for another message."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int  # 1 to 4

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> Quarter:
        """The one before."""
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that a person may answer about."""

    case: UUID
    person: UUID
    number: int  # from 1; one that corrects another keeps its number, one after a reopening has not
    on: date
    area: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A cohort that is to have a key."""

    name: str
    groups: tuple[str, ...]
    issue_from: date
    issue_until: date
    redeem_until: date


@dataclass(frozen=True, slots=True)
class Listed:
    """A cohort as the published list has it."""

    name: str
    key: bytes  # SubjectPublicKeyInfo, DER
    issue_from: date
    issue_until: date
    redeem_until: date


@dataclass(frozen=True, slots=True)
class Invitation:
    """That a person may answer about a decision."""

    cohort: str
    key: bytes  # SubjectPublicKeyInfo, DER
    issue_until: date
    redeem_until: date
    issued: bool  # the token was given before, to whichever device


@dataclass(frozen=True, slots=True)
class Signed:
    """What the portal has signed without seeing it."""

    cohort: str
    signature: bytes
