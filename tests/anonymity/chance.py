"""What a guesser may reach by chance, with a stated confidence.

Within a group of k answers of which nothing is told but that they are of these k people, every way
to match them is as likely. Of m guesses in it, chance gets m / k right on average; the factorial
moments of their number are at most those of a Poisson variable of that mean, so that Chernoff's
bound for it holds for the sum over all groups, whatever the guesser does.
"""

from __future__ import annotations

import math

CONFIDENCE = 1e-6  # how rarely chance alone goes beyond the bound


def tail(mean: float, count: int) -> float:
    """At most how likely chance gets so many right, or more."""
    if count <= mean:
        return 1.0
    return math.exp(count - mean - count * math.log(count / mean)) if mean else 0.0


def bound(mean: float) -> int:
    """The least number of right guesses that chance reaches less often than CONFIDENCE."""
    count = math.ceil(mean)
    while tail(mean, count) > CONFIDENCE:
        count += 1
    return count
