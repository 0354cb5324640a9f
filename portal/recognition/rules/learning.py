"""Lines that part the themes, learned from rows of texts and what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import eigh
from sklearn.linear_model import LogisticRegression

from portal.recognition.rules.recogniser import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

FIRM = 1.0  # the larger, the closer to what is confirmed
TOLD = 3.0  # a description weighs as much as so many labels
FOLDS = 5
FEW = 2000  # rows; of more the way by their likeness takes longer than the direct one
NEVER = -30.0  # where a line begins of which nothing was learned


def truth_of(owners: Sequence[Sequence[str]], themes: Sequence[str]) -> Flags:
    """Which themes each text has: texts × themes."""
    return np.array([[theme in of for theme in themes] for of in owners], bool).reshape(
        len(owners), len(themes)
    )


def parts_of(truth: Flags) -> Floats:
    """The same as shares: a text with two themes counts half for each."""
    found: Floats = truth / np.maximum(truth.sum(axis=1, keepdims=True), 1)
    return found


@dataclass(frozen=True, slots=True)
class Ground:
    """What is learned from: rows of labelled texts, then of descriptions, and their weights.

    `back` leads from the rows' few dimensions to the many of the space, where they were reduced.
    """

    rows: Floats | csr_array
    back: Floats | None
    truth: Flags
    weights: Floats

    def lines(self) -> Lines:
        found = _learned(self.rows, self.weights)
        if self.back is None:
            return found
        return Lines((found.weights @ self.back.T).astype(np.float32), found.begin)

    def held_out(self, texts: Sequence[str]) -> Floats:
        """Each labelled text's scores by lines that were learned without it and its like."""
        folds = _folds(self.truth, texts)
        found = np.zeros(self.truth.shape)
        for fold in range(FOLDS):
            out = np.flatnonzero(folds == fold)
            if len(out):
                weights = self.weights.copy()
                weights[out] = 0
                found[out] = _learned(self.rows, weights).scores(self.rows[out])
        return found


def ground_of(rows: csr_array, truth: Flags, of_told: Flags) -> Ground:
    """The ground of labelled texts and, after them, of descriptions."""
    told = TOLD * of_told / np.maximum(of_told.sum(axis=0, keepdims=True), 1)
    weights = np.concatenate([parts_of(truth), told])
    if rows.shape[0] > FEW:
        return Ground(rows, None, truth, weights)
    # Few rows span few dimensions: the lines are the same, and found much sooner.
    lengths, ways = eigh((rows @ rows.T).toarray().astype(np.float64))
    kept = lengths > lengths.max() * 1e-6
    roots = np.sqrt(lengths[kept])
    return Ground(ways[:, kept] * roots, rows.T @ (ways[:, kept] / roots), truth, weights)


def _learned(rows: Floats | csr_array, weights: Floats) -> Lines:
    """The lines. Each theme weighs the same, however many texts it has."""
    sums = weights.sum(axis=0)
    even = weights / np.where(sums > 0, sums, 1) * (weights > 0).sum() / (sums > 0).sum()
    taken, codes = np.nonzero(even)
    if len(np.unique(codes)) < 2:  # noqa: PLR2004 nothing to part
        return _one(codes[0], weights.shape[1], rows.shape[1])
    model = LogisticRegression(C=FIRM, max_iter=1000)
    model.fit(rows[taken], codes, even[taken, codes])
    return _lines(model, weights.shape[1])


def _one(code: int, themes: int, width: int) -> Lines:
    begin = np.full(themes, NEVER, np.float32)
    begin[code] = 0
    return Lines(np.zeros((themes, width), np.float32), begin)


def _lines(model: LogisticRegression, themes: int) -> Lines:
    ways, starts = model.coef_, model.intercept_
    if len(ways) == 1:  # of two themes only the second has a line
        ways, starts = np.concatenate([-ways, ways]) / 2, np.array([-1, 1]) * starts / 2
    weights = np.zeros((themes, ways.shape[1]), np.float32)
    begin = np.full(themes, NEVER, np.float32)
    weights[model.classes_], begin[model.classes_] = ways, starts
    return Lines(weights, begin)


def _folds(truth: Flags, texts: Sequence[str]) -> Places:
    """In turn within each theme; the same text, told twice, in one fold."""
    said = [" ".join(text.lower().split()) for text in texts]
    first = truth.argmax(axis=1)
    found: dict[str, int] = {}
    for place in np.argsort(first, kind="stable"):
        found.setdefault(said[place], len(found) % FOLDS)
    return np.array([found[text] for text in said], np.intp)
