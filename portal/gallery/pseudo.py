"""Two views that nobody reads: they show what longer words, and the other direction, do to a page.

They are made of the English texts. Places, tags and names of terms stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from portal.gallery.views import ACCENTED, MIRRORED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.explanations.words import Texts
    from portal.i18n import Catalog

SOURCE = "en"
# What is no word: a place, a tag, a sign of markup, the name of a term before its word.
FIXED = re.compile(r"(%\(\w+\)[sd]|%%|\{\w*\}|<[^>]*>|&#?\w+;|\[\[\w+\||\]\])")
WORD = re.compile(r"\S+")
ACCENTS = str.maketrans(
    "AaBCcDdEeGgHhIiJjKkLlNnOoPRrSsTtUuWwYyZz", "ÅåßÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöÞŔŕŠšŢţÛûŴŵÝýŽž"
)
GROWN = 0.4  # as much longer as German or Polish may be than English
OVERRIDE, END = "\u202e", "\u202c"  # what stands between is written from right to left


def accented(text: str) -> str:
    """The text in letters with accents, in brackets that show its ends, and longer."""
    if not text.strip():
        return text
    more = round(len(FIXED.sub("", text)) * GROWN)
    return f"[{_between(text, lambda plain: plain.translate(ACCENTS))}{' ~~~' * (more // 4 + 1)}]"


def mirrored(text: str) -> str:
    """The text with each word written from right to left."""
    return _between(text, lambda plain: WORD.sub(lambda word: f"{OVERRIDE}{word[0]}{END}", plain))


MAKERS: dict[str, Callable[[str], str]] = {ACCENTED: accented, MIRRORED: mirrored}


def _between(text: str, change: Callable[[str], str]) -> str:
    """The text with what is no place changed."""
    return "".join(
        part if place % 2 else change(part) for place, part in enumerate(FIXED.split(text))
    )


class Pseudo:
    """A catalog made of another."""

    def __init__(self, source: Catalog, make: Callable[[str], str]) -> None:
        self._source = source
        self._make = make

    def gettext(self, key: str) -> str:
        """The sentence of a key."""
        return self._make(self._source.gettext(key))

    def counted(self, key: str, count: int) -> str:
        """The sentence of a key when so many are told of."""
        return self._make(self._source.counted(key, count))

    def forms(self, key: str) -> Mapping[str, str]:
        """The forms of a sentence by plurals."""
        return {name: self._make(form) for name, form in self._source.forms(key).items()}


def with_pseudo(catalogs: dict[str, Any]) -> None:
    """Put the two catalogs beside the others."""
    catalogs.update({key: Pseudo(catalogs[SOURCE], make) for key, make in MAKERS.items()})


def told(texts: Texts) -> Texts:
    """The explanations in the two views."""
    return {
        (key, code): replace(
            text,
            citizen=make(text.citizen),
            representative=make(text.representative),
            party=make(text.party),
        )
        for (view, code), text in texts.items()
        if view == SOURCE
        for key, make in MAKERS.items()
    }
