"""Themes over the quarters of a report: sums of what is shown in each, and at most two quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.reports.words.reports import Found
from portal.themes.words import MOST_QUOTES, Polarity, ThemeState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portal.organisation.words import Unit
    from portal.participation.words import Quarter
    from portal.themes.words import Quote, Theme, ThemeFigure

    Figures = Mapping[Quarter, Sequence[ThemeFigure]]
    Key = tuple[str, str, str]


def found_in(
    figures: Figures, quotes: Iterable[Quote], themes: Iterable[Theme], units: Sequence[Unit]
) -> tuple[Found, ...]:
    """Each theme, polarity and unit that the tables of any quarter have.

    A count that is hidden in one quarter is hidden in the sum; and with it every quote.
    """
    told = _by_key(figures)
    said = _quotes(quotes)
    return tuple(
        Found(theme, polarity, n, texts, said.get(key, ()) if n is not None else (), unit)
        for theme in themes
        for unit in units
        for polarity in Polarity
        for key in [(unit.key, theme.code, str(polarity))]
        if key in told
        for n, texts in [_sum(told[key], len(figures))]
        if n is not None or theme.state == ThemeState.ACTIVE
    )


def _by_key(figures: Figures) -> dict[Key, list[ThemeFigure]]:
    told: dict[Key, list[ThemeFigure]] = {}
    for held in figures.values():
        for one in held:
            told.setdefault((one.unit, one.theme, str(one.polarity)), []).append(one)
    return told


def _quotes(quotes: Iterable[Quote]) -> dict[Key, tuple[Quote, ...]]:
    told: dict[Key, tuple[Quote, ...]] = {}
    for one in quotes:
        key = (one.unit, one.theme, str(one.polarity))
        told[key] = (*told.get(key, ()), one)[:MOST_QUOTES]
    return told


def _sum(found: Sequence[ThemeFigure], quarters: int) -> tuple[int | None, int | None]:
    """The sum over all quarters; nothing where one of them hides or lacks it."""
    counts = [one.n for one in found if one.n is not None]
    texts = [one.texts for one in found if one.texts is not None]
    return (
        sum(counts) if len(counts) == quarters else None,
        sum(texts) if len(texts) == quarters else None,
    )


def quoted(found: Iterable[Found]) -> tuple[str, ...]:
    """The keys of all quotes, in an order that tells nothing."""
    return tuple(sorted({quote.key for one in found for quote in one.quotes}))


def still(found: Iterable[Found], keys: Iterable[str]) -> tuple[Found, ...]:
    """The same, with no other quotes than these: an issued report gains none."""
    kept = frozenset(keys)
    return tuple(
        Found(one.theme, one.polarity, one.n, one.texts,
              tuple(quote for quote in one.quotes if quote.key in kept), one.unit)
        for one in found
    )  # fmt: skip
