"""The vocabulary of volunteering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What somebody may be invited to."""

    PANEL = "panel"  # a group that meets a few times
    INTERVIEW = "interview"  # one talk
    TEXT_TEST = "text_test"  # reading a letter or a page, and saying what is hard


class Reach(StrEnum):
    """How somebody wants to be reached."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is agreed to, from a day on."""

    version: str
    valid_from: date
    months: int
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody volunteers for, and where an invitation may go."""

    kinds: tuple[Kind, ...]
    reach: Reach
    contact: str
    called: str | None  # what they want to be called

    def __repr__(self) -> str:
        return "Offer(…)"


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration that runs. The offer is missing where it cannot be opened."""

    kinds: tuple[Kind, ...]
    version: str  # of the text that was agreed to
    agreed_on: date
    last_day: date
    offer: Offer | None


class WrongContact(Exception):
    """Neither an e-mail address nor a telephone number."""


class ConsentChanged(Exception):
    """The text has changed since it was read: it is to be read again."""
