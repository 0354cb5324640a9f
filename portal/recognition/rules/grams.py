"""Texts by the pieces of their words: hashed, so that no word of anybody is kept in a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import HashingVectorizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.recognition.words import Vectors

PIECES = (2, 5)  # letters
WIDTH = 2**14
NARROW = 2**10


def counted(texts: Sequence[str], width: int = WIDTH) -> csr_array:
    """How often each piece is in each text, damped; each row has length one."""
    hashing = HashingVectorizer(
        analyzer="char_wb", ngram_range=PIECES, n_features=width, norm=None, alternate_sign=False
    )
    found = csr_array(hashing.transform(texts), dtype=np.float32)
    found.data = 1 + np.log(found.data)
    return unit(found)


def rarity(rows: csr_array) -> NDArray[np.float32]:
    """What a piece weighs: the more texts it is in, the less (inverse document frequency)."""
    texts = rows.shape[0]
    found = np.bincount(rows.indices, minlength=rows.shape[1])
    weights: NDArray[np.float32] = (np.log((1 + texts) / (1 + found)) + 1).astype(np.float32)
    return weights


def unit(rows: csr_array) -> csr_array:
    """Rows of length one; an empty row stays empty."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1))).ravel()
    scale = 1 / np.where(lengths > 0, lengths, 1)
    found = rows.copy()
    found.data *= np.repeat(scale, np.diff(rows.indptr)).astype(np.float32)
    return found


class Grams:
    """The embedder where no sentence model is at hand: it knows spellings, not meanings."""

    name = "grams-1"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, NARROW), np.float32)
        found: Vectors = counted(texts, NARROW).toarray()
        return found
