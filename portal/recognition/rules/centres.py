"""Languages laid over each other: each is moved by its mean, or likeness is that of language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from portal.recognition.words import Vectors

PULL = 5.0  # as if so many texts of a language lay at the mean of all


@dataclass(frozen=True, slots=True)
class Centres:
    """Where the texts of each language lie, and those of all."""

    overall: NDArray[np.float32]
    languages: Mapping[str, NDArray[np.float32]]

    def centred(self, vectors: Vectors, langs: Sequence[str]) -> Vectors:
        """Vectors of length one, seen from the middle of their language."""
        if not len(vectors):
            return vectors
        middles = np.stack([self.languages.get(plain(lang), self.overall) for lang in langs])
        moved = vectors - middles
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        found: Vectors = (moved / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        return found


def plain(lang: str) -> str:
    """The language of a view: `da` of `da-simple`."""
    return lang.partition("-")[0]


def centres(vectors: Vectors, langs: Sequence[str]) -> Centres:
    """The centres of these texts, a language of few drawn to the mean of all."""
    names = np.array([plain(lang) for lang in langs], dtype=object)
    overall = vectors.mean(axis=0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    found = {
        lang: ((vectors[names == lang].sum(axis=0) + PULL * overall) / (count + PULL))
        for lang, count in sorted(Counter(names.tolist()).items())
    }
    return Centres(overall, {lang: middle.astype(np.float32) for lang, middle in found.items()})
