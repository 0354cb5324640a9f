"""How far two coders agree beyond chance: Cohen's kappa."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.themes.words import Agreement, Coding

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LEAST = 10  # texts, below which a figure says nothing
# From here on: the words are ours, the steps are those that are commonly used.
STEPS = ((0.8, "very_good"), (0.6, "good"), (0.4, "fair"))


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two people who each say yes or no; None where chance alone agrees."""
    count = len(pairs)
    if not count:
        return None
    first = sum(one for one, _ in pairs) / count
    second = sum(other for _, other in pairs) / count
    by_chance = first * second + (1 - first) * (1 - second)
    if by_chance == 1:
        return None
    seen = sum(one == other for one, other in pairs) / count
    return (seen - by_chance) / (1 - by_chance)


def agreements(
    pairs: Sequence[tuple[Coding, Coding]], themes: Collection[str]
) -> tuple[Agreement, ...]:
    """Over all themes together, then of each theme in the order given."""
    by_theme = {
        theme: [(theme in one.themes, theme in other.themes) for one, other in pairs]
        for theme in themes
    }
    every = [told for said in by_theme.values() for told in said]
    n = len(pairs)
    enough = n >= LEAST
    return (
        Agreement(None, n, kappa(every) if enough else None),
        *(Agreement(theme, n, kappa(said) if enough else None) for theme, said in by_theme.items()),
    )


def word_for(value: float) -> str:
    """The code of the word for a kappa."""
    return next((word for least, word in STEPS if value >= least), "poor")
