"""What is asked after a decision, and what was answered. Codes only: the texts are in the views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_CHARACTERS = 3_000  # of one text


class Kind(StrEnum):
    """How a question is answered."""

    RATING = "rating"  # one step of a scale
    CHOICES = "choices"  # any of a list
    TEXT = "text"  # in one's own words


class Dimension(StrEnum):
    """What a question measures; the yearly quality measurement has the same names."""

    OUTCOME = "outcome"  # as the citizen sees it: satisfaction follows it, so charts are split
    CORRECTNESS = "correctness"
    REMARKS = "remarks"  # whether the complainant's remarks are answered
    CLARITY = "clarity"
    EXPRESSION = "expression"
    HEARD = "heard"
    TIME = "time"
    COURSE = "course"
    FAIRNESS = "fairness"
    TRUST = "trust"
    OPEN = "open"  # what went well, what could be better


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a scale, from most to least."""

    code: str
    options: tuple[str, ...]
    why: str  # why it is as it is: the middle left out, or kept


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Nobody has to answer it."""

    code: str
    kind: Kind
    dimension: Dimension
    scale: Scale | None = None  # of a rating
    options: tuple[str, ...] = ()  # of a list

    @property
    def answers(self) -> tuple[str, ...]:
        """The codes that may be chosen; none for a text."""
        return self.scale.options if self.scale else self.options


@dataclass(frozen=True, slots=True)
class Page:
    """A few questions that belong together."""

    code: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of what is asked. It is never changed: a change is a new version."""

    version: str
    valid_from: date
    pages: tuple[Page, ...]

    def questions(self, *kinds: Kind) -> Iterator[Question]:
        """The questions of these kinds in their order; of all kinds where none is named."""
        for page in self.pages:
            yield from (one for one in page.questions if not kinds or one.kind in kinds)


@dataclass(frozen=True, slots=True)
class Content:
    """What one person has answered under one version. What was left out stands nowhere."""

    version: str
    lang: str
    ratings: Mapping[str, str]  # question to option
    choices: Mapping[str, tuple[str, ...]]  # question to options
    texts: Mapping[str, str]  # question to text

    def __repr__(self) -> str:
        return "Content(…)"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a questionnaire says in one view."""

    pages: Mapping[str, str]  # page to title
    questions: Mapping[str, str]
    hints: Mapping[str, str]  # where a question needs one
    options: Mapping[str, Mapping[str, str]]  # scale or list question to option to text


Wordings = Mapping[tuple[str, str], Wording]  # by version and view


class FaultyQuestionnaire(Exception):
    """A questionnaire, or what it says in a view, is not whole. The message names each fault."""


class UnknownVersion(Exception):
    """A form was begun under a version that is not, or not yet, in use."""


class NothingAnswered(Exception):
    """No question was answered: there is nothing to send."""


class WrongAnswer(Exception):
    """A form holds what its questionnaire does not offer. Names the question, never the answer."""
