"""What the trained model sees of each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.scrubbing.words import Lexicon

EDGE = ("^",)
# The endings of Danish and other Nordic family names and towns, longest first.
NAMELIKE = (
    *("sen", "gaard", "gård", "berg", "bjerg", "holm", "lund", "strup", "rup", "borg", "sson"),
    *("bæk", "dal", "lev", "sted", "sund", "købing", "bro", "toft", "skov", "vig", "ung", "by"),
    *("ić", "ski", "ska", "oğlu", "zadeh", "pour", "enko", "енко", "ова", "ко"),
)


def features(words: Sequence[str], lexicon: Lexicon, *, cased: bool) -> list[list[str]]:
    """For each word the names of what is true of it; a model of one case sees no capitals."""
    lowered = [word.lower() for word in words]
    own = [
        _own(word, lower, lexicon, cased=cased) for word, lower in zip(words, lowered, strict=True)
    ]
    rows: list[list[str]] = []
    last = len(words) - 1
    for place, mine in enumerate(own):
        row = ["w=" + lowered[place], *mine]
        before = lowered[place - 1] if place else "^"
        after = lowered[place + 1] if place < last else "$"
        row.append("-1w=" + before)
        row.append("+1w=" + after)
        row.extend("-1" + name for name in (own[place - 1] if place else EDGE)[:3])
        row.extend("+1" + name for name in (own[place + 1] if place < last else EDGE)[:3])
        if place > 1:
            row.append("-2w=" + lowered[place - 2])
            row.append("-2" + own[place - 2][0])
        if place < last - 1:
            row.append("+2" + own[place + 2][0])
        rows.append(row)
    return rows


def _own(word: str, lower: str, lexicon: Lexicon, *, cased: bool) -> list[str]:
    known = lexicon_mark(lower, lexicon)
    mark = (shape(word) if cased else "x") + known
    own = ["m=" + mark, "k=" + known, "e3=" + lower[-3:], "e2=" + lower[-2:], "b3=" + lower[:3]]
    if len(lower) > 4:  # noqa: PLR2004 shorter words are known whole
        own.append("e4=" + lower[-4:])
    for ending in NAMELIKE:
        if lower.endswith(ending):
            own.append("n=" + ending)
            break
    return own


def lexicon_mark(lower: str, lexicon: Lexicon) -> str:
    """Which lists have the word: p(lain), g(iven name), f(amily name), t(own)."""
    if not lower[0].isalpha():
        return "0"
    bare = lower
    mark = ""
    if lower in lexicon.plain["da"]:
        mark = "p"
    elif lower.endswith("s") and len(lower) > 3:  # noqa: PLR2004 a stem and its genitive
        bare = lower[:-1]
    if bare in lexicon.given or lower in lexicon.given:
        mark += "g"
    if bare in lexicon.family or lower in lexicon.family:
        mark += "f"
    if bare in lexicon.towns or lower in lexicon.towns:
        mark += "t"
    return mark


def shape(word: str) -> str:
    if word.isdecimal():
        return "9"
    if not word[0].isalpha():
        return "."
    if word.islower():
        return "a"
    if word.isupper():
        return "A" if len(word) == 1 else "AA"
    return "Aa" if word[0].isupper() else "aA"
