"""How good suggestions, their confidence and groups are. All from numbers; no text is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.recognition.rules.learning import Flags, Floats

BINS = 10
DRAWS = 50


def answers(sure: Floats, k: int) -> Flags:
    """The k best-ranked themes of each text."""
    found = np.zeros(sure.shape, bool)
    np.put_along_axis(found, np.argsort(-sure, axis=1, kind="stable")[:, :k], values=True, axis=1)
    return found


def f1_of_themes(sure: Floats, truth: Flags, k: int) -> Floats:
    """F1 of each theme when the k best-ranked are the answer; nan where no text has it."""
    given = answers(sure, k)
    right = (given & truth).sum(axis=0)
    asked = given.sum(axis=0) + truth.sum(axis=0)
    found: Floats = np.where(truth.any(axis=0), 2 * right / np.maximum(asked, 1), np.nan)
    return found


def macro_f1(sure: Floats, truth: Flags, k: int) -> float:
    """The plain mean over the themes that the texts have."""
    return float(np.nanmean(f1_of_themes(sure, truth, k)))


def accuracy(sure: Floats, truth: Flags) -> float:
    """The share of texts whose first suggestion is among their themes."""
    return float((answers(sure, 1) & truth).any(axis=1).mean())


def calibration_error(sure: Floats, right: Flags) -> float:
    """How far confidence is from what comes true: ten bins of equal width, by their size.

    `sure` and `right` are of single suggestions: one number each.
    """
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    sizes = np.bincount(bins, minlength=BINS)
    gaps = np.bincount(bins, sure, BINS) - np.bincount(bins, right, BINS)
    return float(np.abs(gaps).sum() / max(sizes.sum(), 1))


def error_by_chance(sure: Floats) -> float:
    """The calibration error that so many suggestions show on average if all confidence is true."""
    random = np.random.default_rng(0)
    drawn = (random.random(len(sure)) < sure for _ in range(DRAWS))
    return float(np.mean([calibration_error(sure, right) for right in drawn]))


def first_ones(sure: Floats, truth: Flags) -> tuple[Floats, Flags]:
    """The first suggestion of each text: how sure it is, and whether it is right."""
    places = sure.argmax(axis=1)
    rows = np.arange(len(sure))
    return sure[rows, places], truth[rows, places]


def likeness(groups: Sequence[int], names: Sequence[str]) -> tuple[float, float]:
    """NMI and AMI: what groups tell of names; AMI is nought by chance."""
    nmi = normalized_mutual_info_score(names, groups)
    return float(nmi), float(adjusted_mutual_info_score(names, groups))
