"""What can be hidden in a text, and what the scrubber works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = (
    *("person", "cpr", "phone", "email", "address", "place", "case_number"),
    *("date", "org", "handle", "plate", "account"),
)
LANGS = ("da", "en", "de", "pl", "uk", "tr", "ar")
MORE = "more"  # what a person chose to hide beyond what was found


class Hidden(NamedTuple):
    """A piece of a text that names somebody: from `start` up to `end`, as Python counts."""

    start: int
    end: int
    kind: str


class Token(NamedTuple):
    """A word or a mark, where it stands, and whether a sentence begins with it."""

    start: int
    end: int
    text: str
    first: bool


class Recogniser(Protocol):
    """A trained sequence model: one label for each word."""

    def tag(self, features: Sequence[Sequence[str]]) -> list[str]: ...

    def marginal(self, label: str, place: int) -> float: ...


class Words(Protocol):
    """A set of words, perhaps with a few false members."""

    def __contains__(self, word: str, /) -> bool: ...


class Lexicon(NamedTuple):
    """What is known of words. `plain` is by language; all words in it are in lower case.

    `cues` are the words that the rules go by, from `data/cues.toml`.
    """

    plain: Mapping[str, Words]
    given: Words
    family: Words
    towns: Words
    frequent: Mapping[str, Words]  # words that mean so much else that they are no names
    cues: Mapping[str, frozenset[str]]


# Words with their tags.
Sentence = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text in which people marked what names somebody, and what must stay."""

    text: str
    lang: str
    marks: tuple[tuple[int, int, str], ...]
    must_stay: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """What was marked, how much of it is hidden, and what else is."""

    marked: Mapping[str, int]
    hidden: Mapping[str, float]
    plain: int
    plain_hidden_per_1000: float
    must_stay: int
    stayed: int


class WrongFile(Exception):
    """A file is not what it was taken for."""
