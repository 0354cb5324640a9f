"""The vocabulary of sign-in: how sure, who, with which role, and why somebody was refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from uuid import UUID


class Loa(IntEnum):
    """Level of assurance after NSIS, in order: a higher one includes the lower."""

    NONE = 0  # not said, or said in words that are not known
    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3


class StaffRole(StrEnum):
    """What a member of staff may do here. Other roles of the provider mean nothing."""

    TEXT_OWNER = "text_owner"  # owns the explanations; sees codes that have no text yet
    QUALITY = "quality"  # follows how the portal serves citizens


class RefusalKind(StrEnum):
    """The three kinds of refusal that a person is told apart."""

    STOPPED = "stopped"  # by the person
    TRY_AGAIN = "try_again"  # it may succeed the next time
    ERROR = "error"  # ours, or the provider's: trying again does not help


class SignInRefused(Exception):  # noqa: N818 - it names what happened, as all refusals here do
    """A sign-in that does not go through. The code is ours and holds no personal data."""

    def __init__(self, kind: RefusalKind, code: str) -> None:
        super().__init__(code)
        self.kind = kind
        self.code = code


@dataclass(frozen=True, slots=True)
class CitizenClaims:
    """What a provider has vouched for about a citizen who signs in."""

    issuer: str
    subject: str
    loa: Loa
    cpr: str | None  # not everyone has one
    name: str | None

    def __repr__(self) -> str:
        return "CitizenClaims(…)"


@dataclass(frozen=True, slots=True)
class StaffClaims:
    """What a provider has vouched for about a member of staff who signs in."""

    issuer: str
    subject: str
    name: str | None
    roles: frozenset[StaffRole]

    def __repr__(self) -> str:
        return "StaffClaims(…)"


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen's account with the person behind it, as a page needs it."""

    account_id: UUID
    person_id: UUID
    name_sealed: bytes | None
    loa: Loa


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff's account, as a page needs it."""

    account_id: UUID
    name_sealed: bytes | None
    roles: frozenset[StaffRole]
