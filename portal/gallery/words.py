"""The vocabulary of the gallery: what a state is, and how somebody comes to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Whose page it is."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    STAFF = "staff"
    DOOR = "door"  # the answer door
    SIMULATOR = "simulator"  # of signing in
    COMPONENT = "component"  # what pages are made of


class Fault(StrEnum):
    """What goes wrong on purpose."""

    UNAVAILABLE = "unavailable"  # the database does not answer
    FAILURE = "failure"  # nobody has foreseen it
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    UNAUTHORIZED = "unauthorized"
    PROVIDER_DOWN = "provider_down"  # of signing in, as all below
    LOW_ASSURANCE = "low_assurance"
    OTHER_PERSON = "other_person"
    NO_ROLE = "no_role"


@dataclass(frozen=True, slots=True)
class State:
    """One page in one state. A name in braces in a path or field stands for a key of the stage."""

    key: str
    audience: Audience
    page: str  # the endpoint, `error`, or the name of a component
    state: str
    title: str
    path: str
    who: str | None = None  # who has signed in, by a short name
    status: int = 200
    fields: dict[str, str | list[str]] | None = None  # a form is sent; None: the page is asked for
    steps: tuple[str, ...] = ()  # pages asked for before; the last one gives the form its token
    twice: bool = False  # the form is sent a second time
    reading: str | None = None  # what the reader has chosen, as the cookie holds it
    fault: Fault | None = None
    left: int | None = None  # minutes until the session ends
    pending: str | None = None  # a sign-in that has begun, at this entrance
    link: str | None = None  # a pattern: the address on the page before that stands in {link}
    nth: int = 0  # of the addresses that fit; -1 is the last
    others: int = 0  # other sessions of whoever has signed in
    ticket: str | None = None  # at the answer door: right, forged, closed or spent
    moves: tuple[dict[str, str | list[str]], ...] = ()  # there: what is filled in, page by page
    provider: bool = False  # the session was begun at a provider that can end it
    ground: str = "usual"  # the stage that it plays on

    @property
    def address(self) -> str:
        """Where the gallery shows it. It does not change."""
        return f"{HERE}/{self.key}"


class NoSuchState(Exception):
    """The gallery has no state of this name."""


HERE = "/tilgaengelighed/galleri"
