"""Two views that nobody reads: they show what longer words, and the other direction, do to a page.

They are made of the English texts. Places, tags and names of terms stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from portal.door.shell import view
from portal.gallery.views import ACCENTED, MIRRORED, PSEUDO
from portal.i18n import Catalog
from portal.questionnaire.words import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask

    from portal.explanations.words import Texts
    from portal.i18n import View

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


class Pseudo(Catalog):
    """A catalog made of another."""

    def __init__(self, source: Catalog, view: View, make: Callable[[str], str]) -> None:
        super().__init__(view)
        self._source = source
        self._make = make

    def gettext(self, key: str) -> str:
        """The sentence of a key."""
        return self._make(self._source.gettext(key))

    def counted(self, key: str, count: int) -> str:
        """The sentence of a key for so many."""
        return self._make(self._source.counted(key, count))

    def forms(self, key: str) -> Mapping[str, str]:
        """The forms of a sentence."""
        return {plural: self._make(said) for plural, said in self._source.forms(key).items()}


def put_pseudo(app: Flask) -> None:
    """Let the portal speak the two views."""
    catalogs, texts = app.extensions["catalogs"], app.extensions["texts"]
    catalogs.update(
        {key: Pseudo(catalogs[SOURCE], PSEUDO[key], make) for key, make in MAKERS.items()}
    )
    app.extensions["texts"] = texts | told(texts)


def put_pseudo_at_door(app: Flask, portal: Flask) -> None:
    """Let the answer door speak the two views, by the catalogs of the portal."""
    catalogs = portal.extensions["catalogs"]
    usual = cast("Callable[..., Markup]", app.jinja_env.globals["_"])

    def sentence(key: str, /, **values: object) -> Markup:
        if view().key in MAKERS:
            return Markup(catalogs[view().key].gettext(key)) % values  # noqa: S704 - our own catalogs
        return usual(key, **values)

    app.jinja_env.globals["_"] = sentence
    wordings = app.extensions["door"].wordings
    for (version, key), wording in list(wordings.items()):
        if key == SOURCE:
            wordings.update({(version, name): worded(wording, MAKERS[name]) for name in MAKERS})


def worded(wording: Wording, make: Callable[[str], str]) -> Wording:
    """The questions of a view in one of the two."""
    return Wording(
        {code: make(text) for code, text in wording.pages.items()},
        {code: make(text) for code, text in wording.questions.items()},
        {code: make(text) for code, text in wording.hints.items()},
        {
            code: {option: make(text) for option, text in options.items()}
            for code, options in wording.options.items()
        },
    )


def told(texts: Texts) -> Texts:
    """The explanations in the two views."""
    return {
        (key, code): replace(
            text,
            citizen=make(text.citizen),
            representative=make(text.representative),
            party=make(text.party),
        )
        for (view_key, code), text in texts.items()
        if view_key == SOURCE
        for key, make in MAKERS.items()
    }
