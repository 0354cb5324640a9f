"""Theme figures: which counts of a quarter may be shown, after the rule for every table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from portal.suppression.rules import shown
from portal.themes.words import Coding, Polarity, ThemeFigure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from portal.suppression.words import Cell


def agreed(codings: Sequence[Coding], settled: Coding | None) -> Coding | None:
    """The coding that counts; none while two people understand the text differently."""
    if settled is not None:
        return settled
    return codings[0] if codings and len(set(codings)) == 1 else None


def figures(
    texts: Iterable[tuple[str, Coding]],
    leaves: Sequence[str],
    cells: Sequence[Cell],
    themes: Collection[str],
) -> tuple[ThemeFigure, ...]:
    """The figures of each unit, theme and polarity; `texts` are (leaf, coding) pairs.

    Each theme of a polarity is a table of its own over the units. A theme is shown only where the
    number of coded texts is: else it would tell the least that this number can be.
    """
    said = list(texts)
    totals = _counted((leaf for leaf, _ in said), leaves)
    open_cells = [cell for cell in cells if cell.name in shown(totals, cells)]
    tables = {
        (theme, polarity): _table(said, theme, polarity, leaves, open_cells)
        for theme in themes
        for polarity in Polarity
    }
    whole = {cell.name: int(totals[list(cell.leaves)].sum()) for cell in open_cells}
    return tuple(
        ThemeFigure(cell.name, theme, polarity, table.get(cell.name), whole.get(cell.name))
        for cell in cells
        for (theme, polarity), table in tables.items()
    )


def _table(
    said: Sequence[tuple[str, Coding]],
    theme: str,
    polarity: Polarity,
    leaves: Sequence[str],
    cells: Sequence[Cell],
) -> Mapping[str, int]:
    """What is shown of one theme and polarity, by unit."""
    named = (
        leaf for leaf, coding in said if coding.polarity == polarity and theme in coding.themes
    )
    counts = _counted(named, leaves)
    allowed = shown(counts, cells)
    return {
        cell.name: int(counts[list(cell.leaves)].sum()) for cell in cells if cell.name in allowed
    }


def _counted(
    named: Iterable[str], leaves: Sequence[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How often each leaf is named: a row for each, in one column."""
    found = Counter(named)
    return np.array([[found[leaf]] for leaf in leaves], dtype=np.int64)
