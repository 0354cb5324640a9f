"""The vocabulary of translating: a text in its forms, the glossary of a view, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """One text of a view: one wording for everybody (named ""), or one for each audience.

    A wording has one form (named ""), or where something is counted one for each plural of the
    language, by the names that CLDR gives them.
    """

    file: str  # within the folder of the view
    key: str
    wordings: Mapping[str, Mapping[str, str]]
    version: int = 0  # of the Danish text that it translates; 0 where there are none


Saying = dict[str, Said]  # everything that a view says, by file and key


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the law or of the office: how it is to be said, and what counts as saying it."""

    word: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a view, and where a text says one in another way, and why."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    exceptions: Mapping[str, str] = field(default_factory=dict)


class Unreadable(Exception):
    """A file of a view is not what it should be. `args[0]` says which, and why."""
