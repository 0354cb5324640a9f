"""The vocabulary of themes: a codebook, codings, what a machine proposes, what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

MOST_QUOTES = 2  # of a theme, a polarity and a unit


class ThemeState(StrEnum):
    """What has become of a theme. Its code means the same for ever, and is never given again."""

    ACTIVE = "active"
    MERGED = "merged"  # into one other
    SPLIT = "split"  # into two or more
    DROPPED = "dropped"


class Polarity(StrEnum):
    """How a text speaks of its themes. It belongs to the coding, not to the theme."""

    PRAISE = "praise"
    CRITICISM = "criticism"
    SUGGESTION = "suggestion"


class Happening(StrEnum):
    """What an owner has done to the codebook, or to what the machine proposed for it."""

    TAKEN_IN = "taken_in"
    ADDED = "added"
    EDITED = "edited"
    MERGED = "merged"
    SPLIT = "split"
    DROPPED = "dropped"
    PROPOSAL_KEPT = "proposal_kept"
    PROPOSAL_MERGED = "proposal_merged"
    PROPOSAL_SPLIT = "proposal_split"
    PROPOSAL_DROPPED = "proposal_dropped"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the codebook has it. Its texts are by view."""

    code: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    state: str = ThemeState.ACTIVE
    into: tuple[str, ...] = ()  # where it went, when it was merged or split
    examples: Mapping[str, tuple[str, ...]] | None = None  # written by us, quoted from nobody

    def title(self, view: str) -> str:
        """Its title in a view; its code where there is none."""
        return self.titles.get(view, self.code)

    def said(self) -> tuple[str, ...]:
        """All that is known of it before anything is coded: for the machine."""
        examples = (one for told in (self.examples or {}).values() for one in told)
        return (*self.titles.values(), *self.descriptions.values(), *examples)


@dataclass(frozen=True, slots=True)
class Wording:
    """What an owner writes of a theme."""

    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    examples: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the codebook's history. Lines are added and never changed."""

    number: int
    at: datetime
    account: UUID | None  # none: by a command
    happening: Happening
    theme: str | None
    into: tuple[str, ...]
    why: str
    name: str | None = None  # of the account


@dataclass(frozen=True, slots=True)
class Coding:
    """What one person says that a text is about. No theme: none fits."""

    themes: frozenset[str]
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class CodingText:
    """A released text as a coder reads it: nothing of when, where or by whom."""

    key: str
    version: str  # of the questionnaire
    lang: str
    question: str
    text: str

    def __repr__(self) -> str:
        return "CodingText(…)"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A text that two coders understand differently."""

    text: CodingText
    codings: tuple[Coding, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree beyond chance, over `n` texts that both have coded."""

    theme: str | None  # none: over all themes
    n: int
    kappa: float | None  # none: where chance alone would agree, or n is too small to tell


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a coder has come."""

    coded: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pattern that the machine found among texts without a theme."""

    id: UUID
    words: tuple[str, ...]
    members: int
    typical: tuple[CodingText, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a released text, shown where enough others say alike."""

    key: str
    theme: str
    polarity: str
    unit: str
    lang: str
    text: str

    def __repr__(self) -> str:
        return "Quote(…)"


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """How many texts of a unit name a theme. None: hidden.

    `texts` is how many texts of the unit have been coded in all, with a theme or without.
    """

    unit: str
    theme: str
    polarity: str
    n: int | None
    texts: int | None


class TextGone(Exception):
    """No such text, one that is not released, or one that has been taken out."""


class Stale(Exception):
    """The codebook has changed under the coder. `gone`: themes that were chosen and are no more."""

    def __init__(self, gone: Mapping[str, ThemeState]) -> None:
        super().__init__()
        self.gone = gone


class NoSuchTheme(Exception):
    """A theme that the codebook has never had, or that is not active."""


class CodebookMoved(Exception):
    """Somebody else has changed the codebook since the page was read; nothing was overwritten."""


class FaultyCodebook(Exception):
    """A codebook that cannot be taken in. All that is wrong is named, and nothing was taken in."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class NotAQuote(Exception):
    """It does not stand in the text, or may not be shown; the reason is a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AlreadyClosed(Exception):
    """The theme figures of this quarter are fixed."""


class TooEarly(Exception):
    """The other figures of the quarter are not closed yet."""


class TextsWait(Exception):
    """Texts of the quarter wait for coding, or for two codings to be settled."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class ProposalGone(Exception):
    """No such proposal, or somebody has decided on it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern as the machine hands it over: keys of texts; the most typical apart, in order."""

    words: tuple[str, ...]
    members: tuple[str, ...]
    typical: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """What a quote stands beside."""

    unit: str
    theme: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Decision:
    """Who changes the codebook, when and why."""

    owner: UUID | None  # none: a command
    now: datetime
    why: str = ""
    seen: int | None = None  # the version that it was decided on; none where it does not matter
