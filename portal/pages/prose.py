"""Saying a passage: the text of the reader's view, with values in its places and terms explained.

Everything that is put into a text is escaped; the texts themselves hold no markup.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from markupsafe import Markup, escape

from portal import i18n
from portal.explanations.rules import for_audience, pieces
from portal.explanations.words import COUNTED, Audience, Hole, Term

if TYPE_CHECKING:
    from portal.explanations.words import Passage, Piece, Text, Texts
    from portal.i18n import View


@lru_cache(maxsize=16384)
def _pieces(text: Text, audience: Audience) -> tuple[Piece, ...]:
    return pieces(for_audience(text, audience))


@lru_cache(maxsize=16384)
def _escaped(words: str) -> Markup:
    return escape(words)


BEGIN_NAME, END_NAME = Markup("<bdi>"), Markup("</bdi>")


class Speaker:
    """Says passages to one reader, on one page. Each term is explained once on a page."""

    def __init__(self, texts: Texts, view: View, audience: Audience, close: str) -> None:
        self._texts = texts
        self._view = view
        self._audience = audience
        self._close = close
        self._explained: set[str] = set()

    def __call__(self, passage: Passage) -> Markup:
        """The passage as markup: phrasing content, to stand inside a paragraph."""
        taken = self._taken(passage)
        if len(taken) == 1 and isinstance(taken[0], str):  # most passages are just words
            return _escaped(taken[0])
        return Markup("").join(  # which escapes what is not markup
            self._explain(piece) if isinstance(piece, Term) else self._put(piece, passage)
            for piece in taken
        )

    def brief(self, passage: Passage) -> Markup:
        """The passage as markup without explanations: for cards and links."""
        return Markup("").join(self._put(piece, passage) for piece in self._taken(passage))

    def plain(self, passage: Passage) -> str:
        """The passage as bare text, for titles, badges and files."""
        return "".join(self._said(piece, passage) for piece in self._taken(passage))

    def _taken(self, passage: Passage) -> tuple[Piece, ...]:
        text = self._texts[self._view.key, passage.code]
        if text.plurals:
            count = passage.values[COUNTED[text.code]]
            text = text.plurals[i18n.plural_of(cast("int", count), self._view)]
        return _pieces(text, self._audience)

    def _put(self, piece: Piece, passage: Passage) -> str:
        said = self._said(piece, passage)
        if isinstance(piece, Hole) and isinstance(passage.values[piece.name], str):
            # A name may be written in another direction than the sentence around it.
            return BEGIN_NAME + said + END_NAME
        return said

    def _said(self, piece: Piece, passage: Passage) -> str:
        if isinstance(piece, Hole):
            return self._value(passage.values[piece.name])
        return piece.shown if isinstance(piece, Term) else piece

    def _value(self, value: object) -> str:
        if isinstance(value, datetime):
            return i18n.moment(value, self._view)
        if isinstance(value, int):
            return i18n.figure(value, self._view)
        return i18n.long_date(value, self._view) if isinstance(value, date) else str(value)

    def _explain(self, term: Term) -> Markup:
        if term.code in self._explained:
            return escape(term.shown)
        self._explained.add(term.code)
        meaning = self._texts[self._view.key, f"term.{term.code}.meaning"]
        return _explained(
            term.shown, for_audience(meaning, self._audience), f"term-{term.code}", self._close
        )


@lru_cache(maxsize=4096)
def _explained(word: str, meaning: str, ident: str, close: str) -> Markup:
    """A word that opens its explanation: a popover, which needs no script and works on touch."""
    return Markup(
        '<button type="button" class="term" popovertarget="{ident}">{word}</button>'
        '<span class="term-note" id="{ident}" popover>'
        '<strong class="term-word">{word}</strong> <span class="term-text">{meaning}</span>'
        '<button type="button" class="term-close" popovertarget="{ident}"'
        ' popovertargetaction="hide">{close}</button></span>'
    ).format(word=word, meaning=meaning, ident=ident, close=close)
