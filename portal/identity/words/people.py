"""How sure a sign-in is, who has signed in, and with which role."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
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
    QUALITY = "quality"  # views: how the portal serves citizens, figures, themes and reports
    RELEASE = "release"  # reads each text of a citizen before it is released to others
    PANEL = "panel"  # invites those who have volunteered
    CODER = "coder"  # says what released texts are about
    THEME_OWNER = "theme_owner"  # owns the codebook, and what comes of a theme
    EDITOR = "editor"  # publishes what citizens read of it
    ADMINISTRATOR = "administrator"  # offices, imports and the closing of quarters
    PROTECTION = "data_protection"  # the log of who has looked; what people ask of their data


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


class _SignedIn:
    """What Flask-Login asks of somebody who has signed in."""

    __slots__ = ()

    is_authenticated = True
    is_active = True
    is_anonymous = False


@dataclass(frozen=True, slots=True)
class CitizenUser(_SignedIn):
    """A citizen who has signed in, with the person behind the account."""

    account_id: UUID
    person_id: UUID
    name: str | None = field(repr=False)
    loa: Loa

    home: ClassVar = "citizen.cases"  # the page that is theirs to begin with

    def get_id(self) -> str:
        """What the session keeps of this user."""
        return f"citizen:{self.account_id}"


@dataclass(frozen=True, slots=True)
class StaffUser(_SignedIn):
    """A member of staff who has signed in."""

    account_id: UUID
    name: str | None = field(repr=False)
    roles: frozenset[StaffRole]

    home: ClassVar = "staff.home"

    def get_id(self) -> str:
        """What the session keeps of this user."""
        return f"staff:{self.account_id}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer and its id_token must fit."""

    issuer: str
    client_id: str
    nonce: str
    started_at: int  # when the person was sent to the provider, seconds since 1970
    answered_by: str | None = None  # `iss` of the answer (RFC 9207)
    level: Loa = Loa.SUBSTANTIAL  # what was asked for


@dataclass(frozen=True, slots=True)
class Ended:
    """What a provider says has ended: sessions of somebody, one of its own sessions, or both."""

    jti: str  # the token's name, which counts once
    subject: str | None
    provider_session: str | None
    until: int  # after which the token is worth nothing, seconds since 1970
