"""Playing a state of the answer door: come with a ticket, and go from page to page."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import Response
from flask.testing import FlaskClient

from forms.answers import PREFIX
from portal.gallery.wish import wished
from portal.questionnaire.words import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.test import TestResponse

    from portal.gallery.stage import Stage
    from portal.gallery.wish import Wish
    from portal.gallery.words import State

FORM = re.compile(r'<form [^>]*id="svar"[^>]*>.*?</form>', re.DOTALL)
FIELDS = (
    re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">'),
    re.compile(
        r'<input class="form-(?:radio|checkbox)"[^>]* name="([^"]*)" value="([^"]*)" checked'
    ),
    re.compile(r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', re.DOTALL),
)
OWN = {"til", "skjul", "version"}  # fields that are no answers
SENTENCE = "Brevet var langt, og jeg måtte læse det tre gange for at finde svaret. "
TEXTS = {
    "{long}": SENTENCE * (MOST_CHARACTERS // len(SENTENCE) + 2),
    "{fitting}": (SENTENCE * 20)[: MOST_CHARACTERS - 100],
}
Fields = dict[str, list[str]]


def visited(stage: Stage, state: State, wish: Wish) -> TestResponse:
    """The page that somebody comes to. What goes wrong does so at the last step."""
    client, url = FlaskClient(stage.door, Response), stage.door_settings.public_url
    if state.ticket is None:
        with wished(wish):
            return client.get(state.path, base_url=url)
    wishes = [*([replace(wish, fault=None)] * len(state.moves)), wish]
    fields: Fields = {name: [value] for name, value in stage.ticket(state.ticket).items()}
    with wished(wishes[0]):
        page = client.post("/", data=fields, base_url=url)
    for move, wanted in zip(state.moves, wishes[1:], strict=True):
        with wished(wanted):
            page = client.post("/svar", data=_filled_in(page.text, move), base_url=url)
    return page


def _filled_in(page: str, move: dict[str, str | list[str]]) -> Fields:
    """What a browser would send of the page's form, with what is filled in."""
    fields: Fields = {}
    for name, value in _fields_of(page):
        fields.setdefault(name, []).append(value)
    for name, told in move.items():
        values = [told] if isinstance(told, str) else told
        known = name if name in OWN else PREFIX + name
        fields[known] = [TEXTS.get(value, value) for value in values]
    return fields


def _fields_of(page: str) -> Iterator[tuple[str, str]]:
    found = FORM.search(page)
    if found is None:
        message = "a page without a form"
        raise LookupError(message)
    for pattern in FIELDS:
        for name, value in pattern.findall(found[0]):
            yield name, html.unescape(value)
