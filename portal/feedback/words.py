"""The vocabulary of released answers, and of the release of each text by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

KEY_LENGTH = 32  # 128 random bits as hexadecimal digits


@dataclass(frozen=True, slots=True)
class ReleasedRatings:
    """The ratings and choices of one answer. Nothing leads from here to a text or a person."""

    key: str
    cohort: str
    version: str  # of the questionnaire
    lang: str
    ratings: Mapping[str, str]  # question to option
    choices: Mapping[str, tuple[str, ...]]  # question to options


@dataclass(frozen=True, slots=True)
class ReleasedText:
    """One scrubbed text, by itself."""

    key: str
    cohort: str
    version: str
    lang: str
    question: str
    text: str

    def __repr__(self) -> str:
        return "ReleasedText(…)"


class TextState(StrEnum):
    """A text that is neither is gone."""

    WAITING = "waiting"  # seen by those who release, and by nobody else
    RELEASED = "released"


class Refusal(StrEnum):
    """Why a text was taken out. Counted, while the text itself is gone."""

    IDENTIFIES = "identifies"  # somebody can be recognised in it
    HURTS = "hurts"  # threats, or hate against somebody
    NO_ANSWER = "no_answer"  # is no answer to the question: signs, or words without meaning


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text as those who release read it."""

    key: str
    version: str
    lang: str
    question: str
    text: str
    state: TextState

    def __repr__(self) -> str:
        return "ShownText(…)"


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text: what stands between two spaces, or what was hidden as one."""

    start: int
    end: int
    text: str
    hidden: str | None = None  # the kind, where it was hidden


@dataclass(frozen=True, slots=True)
class Choice:
    """What else is to be hidden in a text."""

    phrases: tuple[str, ...] = ()  # as they stand in the text
    numbers: tuple[str, ...] = ()  # of words, counted from 1: "5" or "7-9"


class TextNotFound(Exception):
    """No such text, one that has been taken out, or one that is not for this person."""


class TextTaken(Exception):
    """Somebody else has changed or released the text meanwhile; nothing was overwritten."""


class NothingToHide(Exception):
    """What is to be hidden does not stand in the text."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__()
        self.missing = missing
