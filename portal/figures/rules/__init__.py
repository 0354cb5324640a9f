"""What is counted, when it is published, and how sure a share is."""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portal.figures.words import Asked

# The last answers leave the door in a weekly batch, and a batch that is too small waits for more.
AFTER = timedelta(days=21)
Z = 1.959964  # of 95 %


def interval(of: int, n: int) -> tuple[float, float]:
    """Between which shares the true one lies with 95 %, by Wilson. Of nobody: from 0 to 1."""
    if not n:
        return 0.0, 1.0
    share, part = of / n, Z * Z / n
    middle = (share + part / 2) / (1 + part)
    reach = Z * sqrt(share * (1 - share) / n + part / (4 * n)) / (1 + part)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def can_be_closed(asked: Iterable[Asked], today: date) -> bool:
    """Whether somebody was asked, and no answer can come any more."""
    days = [one.until for one in asked]
    return bool(days) and today > max(days) + AFTER
