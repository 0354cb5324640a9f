"""Playing a state: sign in on the stage, go the way to the page, and give back what it answers."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.gallery.casting import signed_in
from portal.gallery.places import Places
from portal.gallery.visiting import visited
from portal.gallery.wish import wished
from portal.gallery.words import Audience
from portal.pages.entrances import LOGOUT
from portal.pages.oidc import pending
from portal.pages.oidc.pending import Pending
from portal.pages.reading import COOKIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.sessions import SessionMixin
    from werkzeug.test import TestResponse

    from portal.gallery.stage import Stage
    from portal.gallery.wish import Wish
    from portal.gallery.words import State

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class NotAsWanted(Exception):  # noqa: N818 - names what happened
    """The stage has answered otherwise than the state says."""


def played(stage: Stage, state: State, wish: Wish) -> TestResponse:
    """The page of a state, as the stage answers it. Raises NotAsWanted."""
    with stage.begun(state.ground):
        answer = _answer(stage, state, wish)
    if answer.status_code != state.status:
        message = f"{state.key}: {answer.status_code} instead of {state.status}"
        raise NotAsWanted(message)
    return answer


def _answer(stage: Stage, state: State, wish: Wish) -> TestResponse:
    if state.audience is Audience.DOOR:
        return visited(stage, state, wish)
    app = stage.simulator if state.audience is Audience.SIMULATOR else stage.portal
    return Actor(stage, state, wish, FlaskClient(app, Response)).plays()


@dataclass(slots=True)
class Actor:
    """Who comes to the page, with a browser."""

    stage: Stage
    state: State
    wish: Wish
    client: FlaskClient
    user: str = ""
    page: str = ""  # the one before
    link: str = ""

    def plays(self) -> TestResponse:
        """Come to the page, and look at it."""
        if self.state.reading:
            host = urlsplit(self.stage.settings.public_url).hostname or ""
            self.client.set_cookie(COOKIE, self.state.reading, domain=host)
        if self.state.who:
            self._sign_in(self.state.who)
        if self.state.pending:
            self._begin(self.state.pending)
        plain = replace(self.wish, fault=None)
        for step in self.state.steps:
            self._looks(step, plain)
        if self.state.fields is None:
            return self._gets(self.state.path, self.wish)
        if self.state.twice:
            self._sends(plain)
        return self._sends(self.wish)

    def _sign_in(self, who: str) -> None:
        with self._kept() as kept:
            self.user = signed_in(self.stage, self.state, who, kept)
            if self.state.provider:
                kept[LOGOUT] = {"audience": "citizen", "address": self.wish.here, "hint": None}

    def _begin(self, entrance: str) -> None:
        """As if the browser had been sent to the provider a moment ago."""
        with self._kept() as kept:
            pending.keep(kept, "s", Pending(entrance, "n", "v", self.stage.seconds(), ""))

    @contextmanager
    def _kept(self) -> Iterator[SessionMixin]:
        """The session of the browser."""
        with self.client.session_transaction(base_url=self.stage.settings.public_url) as kept:
            yield kept

    def _looks(self, path: str, wish: Wish) -> None:
        """Open a page on the way, and find on it where to go on."""
        self.page = self._gets(path, wish).text
        if self.state.link:
            found = re.findall(f'(?:href|action)="({self.state.link})"', self.page)
            self.link = html.unescape(found[self.state.nth]) if found else self.link

    def _sends(self, wish: Wish) -> TestResponse:
        path, fields = self._filled(self.state.path), dict(self._fields())
        with wished(wish):
            return self.client.post(path, data=fields, base_url=self.stage.settings.public_url)

    def _gets(self, path: str, wish: Wish) -> TestResponse:
        with wished(wish):
            return self.client.get(self._filled(path), base_url=self.stage.settings.public_url)

    def _fields(self) -> Iterator[tuple[str, str | list[str]]]:
        if tokens := TOKEN.findall(self.page):
            yield "csrf_token", max(tokens, key=len)
        for name, value in (self.state.fields or {}).items():
            yield name, self._filled(value) if isinstance(value, str) else value

    def _filled(self, text: str) -> str:
        if "{" not in text:
            return text
        with Session(self.stage.engine.execution_options(writes=True)) as session:
            places = Places(
                session, self.stage, self.user, self.page, self.link, self.wish.view.lang
            )
            filled = places.filled(text)
            session.commit()
        return filled
