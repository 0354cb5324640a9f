"""What the simulator knows: people who do not exist, clients, and what is under way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist. A CPR number makes a citizen, roles a member of staff."""

    name: str
    cpr: str | None = None  # with 60 added to the day, so that it can belong to nobody
    roles: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The same at every start, so that the portal knows its people again."""
        return str(uuid5(NAMESPACE_URL, f"indblik-simulator:{self.cpr or self.name}"))


@dataclass(frozen=True, slots=True)
class Registered:
    """A client of the simulator: the portal, by one of its two doors."""

    client_id: str
    key: RSAKey | ECKey  # the public half of its own
    redirect_uri: str
    for_staff: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorization request that was found right."""

    client: Registered
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What a person has chosen: the content of a code."""

    asked: Asked
    person: Invented
    level: str
    at: int  # seconds since 1970


class WrongRequest(Exception):
    """A request that is not answered. Holds a word of the OpenID or OAuth specification."""


def refuse(reason: str) -> NoReturn:
    """Raise WrongRequest."""
    raise WrongRequest(reason)
