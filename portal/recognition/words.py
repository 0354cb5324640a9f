"""What the machine's half of themes takes and gives back. Texts here are scrubbed and released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length one; the same text always into the same vector."""

    @property
    def name(self) -> str:
        """Which one, with its version: models made with another do not fit."""
        ...

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        ...


@dataclass(frozen=True, slots=True)
class Described:
    """A theme before any label: its title, description, examples."""

    code: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with the themes that a person confirmed; none means that no theme fits."""

    text: str
    lang: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme, and how probable it is that a person would choose it."""

    theme: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Texts that may be a new pattern. Members are places in what was handed in."""

    members: tuple[int, ...]
    words: tuple[str, ...]  # what these texts say more often than others
    near: tuple[int, ...]  # the most typical members, the most typical first


class TooFewThemes(Exception):
    """There are fewer than two themes to choose from."""


class NotAModel(Exception):
    """These bytes are no recogniser of this version."""


class OtherEmbedder(Exception):
    """The recogniser was made with another embedder than the one at hand."""


class WrongFile(Exception):
    """A file is not what it was taken for."""
