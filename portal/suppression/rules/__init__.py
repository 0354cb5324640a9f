"""Cell suppression over linked tables: primary, and what it takes so that nothing comes back.

The rule. What is published of a cell is its sum, or its sums by part. A cell is published where
its sum is at least LEAST and, where it is asked for, no part is above ALIKE of it. For each cell
that is not, whoever knows all that is published, and that no count is below nought, finds that
each of its figures may have values that lie at least LEAST apart, or as far apart as the smallest
published figure around it is large, where that is less; and where it is asked for, it must stay
possible that no part was above ALIKE of it. docs/figures.md gives the reasons.
"""

from __future__ import annotations

from portal.suppression.rules.frames import Expression, Frame, Pattern
from portal.suppression.rules.hiding import plain, published, shown

__all__ = ["Expression", "Frame", "Pattern", "plain", "published", "shown"]
