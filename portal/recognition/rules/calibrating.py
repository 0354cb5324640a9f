"""From scores to probabilities that hold, and to what a machine may do alone.

All of it goes by texts that the lines did not learn from.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize, minimize_scalar

from portal.recognition.rules.learning import parts_of
from portal.recognition.rules.recogniser import Scale, logit, shared_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.recognition.rules.learning import Flags, Floats

STEEP = 3.0  # where too few labels tell it; what ten a theme were found to need
HEATS = (-2.0, 4.0)  # natural logarithms
FIRM = 3.0  # the scale is drawn to leaving all as it is, as by so many texts
PRECISE = 0.9
SURE = 1.645  # one-sided 95 %


def heat_of(scores: Floats, truth: Flags) -> float:
    """By what scores are multiplied, so that their shares are probabilities."""
    parts = parts_of(truth)
    weights = parts / np.maximum(parts.sum(axis=0, keepdims=True), 1)

    def surprise(heat: float) -> float:
        shares = shared_out(scores * math.exp(heat))
        return float(-(weights * np.log(np.maximum(shares, 1e-12))).sum())

    return math.exp(minimize_scalar(surprise, bounds=HEATS, method="bounded").x)


def prevalence(truth: Flags) -> Floats:
    """How common each theme is among the labels, none of them nought."""
    counts = parts_of(truth).sum(axis=0) + 1
    found: Floats = counts / counts.sum()
    return found


def importance(truth: Flags, expected: Floats) -> Floats:
    """What each labelled text stands for, where themes come in more or less often than labels."""
    ratio = expected / prevalence(truth)
    found: Floats = np.where(truth.any(axis=1), parts_of(truth) @ ratio, 1.0)
    return found


def scale_of(shares: Floats, truth: Flags, weights: Floats) -> Scale:
    """From shares to probabilities, where a text can have several themes or none."""
    seen, each = logit(shares), weights[:, None]

    def surprise(scale: Floats) -> float:
        raised = scale[0] * seen + scale[1]
        lost = np.logaddexp(0, raised) - truth * raised
        return float((each * lost).sum() + FIRM * ((scale[0] - 1) ** 2 + scale[1] ** 2))

    slope, shift = minimize(surprise, np.array([1.0, 0.0]), method="BFGS").x
    return Scale(max(float(slope), 0.05), float(shift))


def least(right: float, counted: float) -> float:
    """The lower end of what the true share may be (Wilson, one-sided 95 %)."""
    if counted <= 0:
        return 0.0
    share, square = right / counted, SURE**2
    middle = share + square / (2 * counted)
    spread = SURE * math.sqrt(share * (1 - share) / counted + square / (4 * counted**2))
    return (middle - spread) / (1 + square / counted)


def automatic(
    sure: Floats, truth: Flags, weights: Floats, themes: Sequence[str]
) -> dict[str, float]:
    """From which confidence a theme may be assigned by the machine.

    The lower end of the measured precision must be .9: 25 of 25 right, or 45 of 46, not 3 of 3.
    """
    starts = {
        theme: _start(sure[:, place], truth[:, place], weights)
        for place, theme in enumerate(themes)
    }
    return {theme: start for theme, start in starts.items() if start is not None}


def _start(sure: Floats, right: Flags, weights: Floats) -> float | None:
    """The least confidence at which all from there on are precise enough."""
    order = np.argsort(-sure, kind="stable")
    sure, right, weights = sure[order], right[order], weights[order]
    sums, squares = np.cumsum(weights), np.cumsum(weights**2)
    share = np.cumsum(weights * right) / np.maximum(sums, 1e-12)
    counted = sums**2 / np.maximum(squares, 1e-12)  # as many equal texts would say as much
    ends = np.flatnonzero(np.append(sure[1:] < sure[:-1], True))  # not among equals
    good = [end for end in ends if least(share[end] * counted[end], counted[end]) >= PRECISE]
    return float(sure[good[-1]]) if good else None
