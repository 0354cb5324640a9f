"""Which words of a text may be quoted, and where a search finds something."""

from __future__ import annotations

import unicodedata

from portal.themes.words import NotAQuote

SHORTEST = 3  # characters
LONGEST = 400  # characters: a quote is read, not studied


def span(text: str, excerpt: str) -> tuple[int, int]:
    """Where the excerpt stands in the text, or the whole text where none is given.

    Only how lines are broken may differ, as a browser sends them in its own way. Raises NotAQuote.
    """
    wanted = excerpt.strip()
    begin, until = 0, len(text)
    if wanted:
        begin, until = _found(text, wanted)
    if len(text[begin:until].strip()) < SHORTEST:
        raise NotAQuote("short")  # noqa: EM101 - a code
    if until - begin > LONGEST:
        raise NotAQuote("long")  # noqa: EM101 - a code
    if "⟦" in text[begin:until].replace("⟧", "⟦") and _cut(text, begin, until):
        raise NotAQuote("missing")  # noqa: EM101 - a code
    return begin, until


def _found(text: str, wanted: str) -> tuple[int, int]:
    begin = text.find(wanted)
    if begin < 0:
        wanted = wanted.replace("\r\n", "\n")
        begin = text.find(wanted)
    until = begin + len(wanted)
    if begin < 0 or _inside_a_word(text, begin) or _inside_a_word(text, until):
        raise NotAQuote("missing")  # noqa: EM101 - a code
    return begin, until


def _inside_a_word(text: str, at: int) -> bool:
    """Whether a letter stands on both sides: half a word is not what somebody wrote."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _cut(text: str, begin: int, until: int) -> bool:
    """Whether an edge lies inside of what was hidden."""
    return any(text.rfind("⟦", 0, at) > text.rfind("⟧", 0, at) for at in (begin, until))


def finds(needle: str, text: str) -> bool:
    """Whether each word that is searched for stands in the text, in any case."""
    folded = _folded(text)
    words = _folded(needle).split()
    return bool(words) and all(word in folded for word in words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
