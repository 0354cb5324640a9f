"""What passes between the pages and a provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class CodeSpent(Exception):  # noqa: N818 - names what happened
    """The provider no longer knows the code: used, or too old. Starting again helps."""


@dataclass(frozen=True, slots=True)
class Start:
    """A sign-in that begins: where to send the person, and what to keep until the return."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider vouched for, checked. Held for one request and never kept."""

    id_token: Mapping[str, Any]
    personal: Mapping[str, Any]
    logout: Logout | None
    provider_session: str | None  # by which the provider may say later that it has ended
    transaction: str | None  # by which the provider finds this sign-in in its own log

    def __repr__(self) -> str:
        return "Answer(…)"


@dataclass(frozen=True, slots=True)
class Logout:
    """How to tell the provider later that the person has signed out."""

    address: str
    hint: str | None  # the id_token, where it tells neither name nor CPR number
