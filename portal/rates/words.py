"""What a limit is, and what happens when one is reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class By(StrEnum):
    """Whose visits are counted together."""

    PERSON = "person"
    ADDRESS = "address"
    CLIENT = "client"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Limit:
    """In no span of `seconds` are more than `amount` let through."""

    name: str
    door: str
    by: By
    amount: int
    seconds: int
    why: str
    told_only: bool = False  # the operator is told, and nobody is kept out


class Whose(NamedTuple):
    """Who comes. What is empty or None is not counted by."""

    person: str = ""
    address: str | None = None
    client: str = ""


class Count(NamedTuple):
    """A limit, and who is held to it: never an address, but what it was hashed to."""

    limit: Limit
    whose: str


class TooMany(Exception):
    """A limit is reached. `seconds` says when to come again."""

    def __init__(self, limit: Limit, seconds: int) -> None:
        super().__init__(limit.name)
        self.limit = limit
        self.seconds = seconds


class WrongLimits(Exception):
    """The file with other amounts cannot be used. Says why."""
