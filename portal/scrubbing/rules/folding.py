"""A text as the rules read it: one kind of digit, space and hyphen, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Format characters (zero width, direction marks), control characters and variation selectors.
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u0640\u064b-\u0652\u0670\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]"
)
COMBINING = re.compile("[\u0300-\u036f\u0653-\u0655]")
SAME = {
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "
    ),
    **dict.fromkeys("\u200a\u202f\u205f\u3000\t", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4\uff07", "'"),
    "\uff20": "@",
    "\ufe6b": "@",
    "\uff0e": ".",
    "\uff0b": "+",
    "\u2044": "/",
    "\uff0f": "/",
}


SURROGATES = range(0xD800, 0xE000)


class _Folding(dict[int, str]):
    """Grows with the characters it meets; each becomes exactly one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.decimal(character, -1)
        self[code] = str(digit) if digit >= 0 else SAME.get(character, character)
        if SURROGATES.start <= code < SURROGATES.stop:  # half a character: no model can read it
            self[code] = "\ufffd"
        return self[code]


_FOLDING = _Folding()


class Folded(NamedTuple):
    """The folded text and, unless it is the same place, where each character stood before."""

    text: str
    offsets: list[int] | None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The place of `start` to `end`, at least one character, in the text as it was written."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    if text.isascii() and not INVISIBLE.search(text):
        return Folded(text.replace("\t", " "), None)
    if not INVISIBLE.search(text) and not COMBINING.search(text):
        return Folded(text.translate(_FOLDING), None)
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        if INVISIBLE.match(character):
            continue
        if letters and COMBINING.match(character):
            composed = unicodedata.normalize("NFC", letters[-1] + character)
            if len(composed) == 1:
                letters[-1] = composed
                continue
        letters.append(character)
        offsets.append(offset)
    return Folded("".join(letters).translate(_FOLDING), offsets)
