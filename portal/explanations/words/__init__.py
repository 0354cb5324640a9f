"""The vocabulary of the texts: whom they speak to, what they are made of, which must exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.explanations.words.codes import BOARD_AREAS, CODES, COUNTED, UNKNOWN
from portal.explanations.words.terms import TERMS

__all__ = [
    "BOARD_AREAS",
    "CODES",
    "COUNTED",
    "TERMS",
    "UNKNOWN",
    "Audience",
    "FaultyTexts",
    "Hole",
    "Passage",
    "Piece",
    "Term",
    "Text",
    "Texts",
]


class Audience(StrEnum):
    """Whom a text speaks to."""

    CITIZEN = "citizen"  # who complained
    REPRESENTATIVE = "representative"  # who acts for another
    PARTY = "party"  # who is a party without having complained


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be said, with what goes into its places. Dates and names are given as values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in one view. `law`, `owner` and `valid_from` are those of the Danish original."""

    code: str
    version: int
    original_version: int  # of the Danish text; a translation of an older one is stale
    valid_from: date | None
    owner: str
    law: str | None
    citizen: str
    representative: str
    party: str
    # Where something is counted: the text for each plural of the language, by its name in CLDR.
    plurals: Mapping[str, Text] = field(default_factory=dict, hash=False)


Texts = dict[tuple[str, str], Text]


class FaultyTexts(Exception):
    """Texts are missing or wrong. `args[0]` lists them, a line each."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A place in a text that a value goes into."""

    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word in a text that has an explanation of its own."""

    code: str
    shown: str


Piece = str | Hole | Term
