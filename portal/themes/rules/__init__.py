"""The rules of themes. Pure: values in, values out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.themes.words import NoSuchTheme, Polarity, Stale, ThemeState

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from portal.themes.words import Theme

TWICE = "26"  # last two hexadecimal digits below this: 38 of 256, or 14.8 %
PREFIX = "{year}-{number}-"  # of the cohorts of a quarter


def coded_twice(key: str) -> bool:
    """Whether a second person codes this text as well. Its key is random, so the sample is."""
    return key[-2:] < TWICE


def preset(question: str) -> Polarity:
    """How a text speaks, as far as what was asked tells."""
    return Polarity.PRAISE if question.startswith("went_well") else Polarity.CRITICISM


def today_of(themes: Mapping[str, Theme], chosen: Collection[str]) -> dict[str, str]:
    """Each chosen theme with the one that stands for it now.

    Raises NoSuchTheme where the codebook never had one, and Stale naming those that are no more.
    """
    now = {code: _onward(themes, code) for code in sorted(chosen)}
    gone = {code: theme.state for code, theme in now.items() if theme.state != ThemeState.ACTIVE}
    if gone:
        raise Stale({code: ThemeState(state) for code, state in gone.items()})
    return {code: theme.code for code, theme in now.items()}


def _onward(themes: Mapping[str, Theme], code: str) -> Theme:
    """The theme that this one has been merged into, however often."""
    if code not in themes:
        raise NoSuchTheme(code)
    theme = themes[code]
    while theme.state == ThemeState.MERGED:
        theme = themes[theme.into[0]]
    return theme
