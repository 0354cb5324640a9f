"""The vocabulary of sign-in: how sure, who, with which role, and why somebody was refused."""

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


class RefusalKind(StrEnum):
    """The three kinds of refusal that a person is told apart."""

    STOPPED = "stopped"  # by the person
    TRY_AGAIN = "try_again"  # it may succeed the next time
    ERROR = "error"  # ours, or the provider's: trying again does not help


class SignInRefused(Exception):
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


class PersonalIn(StrEnum):
    """Where a provider puts name and CPR number."""

    ID_TOKEN = "id_token"  # noqa: S105 - a place, not a secret
    USERINFO = "userinfo"


@dataclass(frozen=True, slots=True)
class Preset:
    """How one provider, or bridge to MitID, spells what the portal asks for and is told.

    A further provider is one more of these, and no code.
    """

    scopes: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]  # further parameters of the request, as they are
    language_parameter: str
    languages: tuple[tuple[str, str], ...]  # a reader's view to the provider's language
    max_age: int  # seconds that an earlier authentication may be old, as the request says it
    loa: tuple[str, ...]  # claims of the id_token that may hold the level, the first present counts
    personal_in: PersonalIn
    cpr: str
    name: str
    roles: str  # staff: the claim that holds the roles
    role_names: tuple[tuple[str, StaffRole], ...]  # the provider's name of a role to ours


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer and its id_token must fit."""

    issuer: str
    client_id: str
    nonce: str
    started_at: int  # when the person was sent to the provider, seconds since 1970
    answered_by: str | None = None  # `iss` of the answer (RFC 9207)


_LANGUAGES = (("da", "da"), ("da-simple", "da"), ("en", "en"))
_ROLE_NAMES = tuple((role.value, role) for role in StaffRole)  # the provider is asked for ours
_MAX_AGE = 120

PRESETS = {
    "simulator": Preset(
        scopes=("openid", "profile", "ssn"),
        parameters=(("acr_values", "https://data.gov.dk/concept/core/nsis/Substantial"),),
        language_parameter="ui_locales",
        languages=_LANGUAGES,
        max_age=_MAX_AGE,
        loa=("acr",),
        personal_in=PersonalIn.USERINFO,
        cpr="cpr",
        name="name",
        roles="roles",
        role_names=_ROLE_NAMES,
    ),
    "nets-eid-broker": Preset(
        scopes=("openid", "mitid", "ssn"),
        parameters=(
            ("idp_values", "mitid"),
            (
                "idp_params",
                '{"mitid":{"loa_value":"https://data.gov.dk/concept/core/nsis/Substantial"}}',
            ),
        ),
        language_parameter="language",
        languages=_LANGUAGES,
        max_age=_MAX_AGE,
        loa=("loa", "acr"),
        personal_in=PersonalIn.USERINFO,
        cpr="dk.cpr",
        name="mitid.identity_name",
        roles="roles",
        role_names=_ROLE_NAMES,
    ),
}
