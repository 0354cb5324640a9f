"""Playing a state: sign in on the stage, go the way to the page, and give back what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Response
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.people import employees
from portal.gallery.more import ISSUER, people
from portal.gallery.places import Places
from portal.gallery.wish import WISH, Wish
from portal.identity.actions import sign_in_citizen, sign_in_staff
from portal.identity.words import CitizenClaims, Loa, StaffClaims, StaffRole
from portal.pages import sessions
from portal.pages.entrances import LOGOUT
from portal.pages.oidc import pending
from portal.pages.oidc.pending import Pending

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

    from flask.sessions import SessionMixin
    from werkzeug.test import TestResponse

    from portal.gallery.stage import Stage
    from portal.gallery.words import State

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class NotAsWanted(Exception):  # noqa: N818 - names what happened
    """The stage has answered otherwise than the state says."""


def played(stage: Stage, state: State, wish: Wish) -> TestResponse:
    """The page of a state, as the stage answers it. Raises NotAsWanted."""
    with stage.begun(state.ground):
        actor = Actor(stage, state, wish, FlaskClient(stage.portal, Response))
        answer = actor.plays()
    if answer.status_code != state.status:
        message = f"{state.key}: {answer.status_code} instead of {state.status}"
        raise NotAsWanted(message)
    return answer


@dataclass(slots=True)
class Actor:
    """Who comes to the page, with a browser."""

    stage: Stage
    state: State
    wish: Wish
    client: FlaskClient
    user: str = ""
    token: str = ""

    def plays(self) -> TestResponse:
        """Come to the page, and look at it."""
        if self.state.who:
            self._sign_in(self.state.who)
        if self.state.pending:
            self._begin(self.state.pending)
        plain = Wish(self.wish.view, self.wish.nonce, self.wish.here)
        for step in self.state.steps:
            self._looks(step, plain)
        if self.state.fields is None:
            return self._asks(self.state.path, self.wish)
        if self.state.twice:
            self._sends(plain)
        return self._sends(self.wish)

    def _sign_in(self, who: str) -> None:
        with Session(self.stage.engine.execution_options(writes=True)) as session:
            self.user = self._account(session, who)
            session.commit()
        with self._kept() as kept:
            kept[sessions.USER] = self.user
            kept[sessions.SIGNED_IN_AT] = int(self._since().timestamp())
            if self.state.provider:
                kept[LOGOUT] = {"audience": "citizen", "address": self.wish.here, "hint": None}

    def _since(self) -> datetime:
        """When the sign-in was: long ago, where the session is about to end."""
        left = self.state.left
        return clock.now() - (sessions.ABSOLUTE - timedelta(minutes=left) if left else timedelta())

    def _account(self, session: Session, who: str) -> str:
        now, vault = clock.now(), self.stage.vault
        known, staff = people(), employees()
        if who in known:
            one = known[who]
            claims = CitizenClaims(ISSUER, who, Loa.SUBSTANTIAL, one.cpr, one.name)
            return f"citizen:{sign_in_citizen(session, vault, claims, now).id}"
        worker = staff[who]
        roles = frozenset(StaffRole(role) for role in worker.roles if role in set(StaffRole))
        account = sign_in_staff(session, vault, StaffClaims(ISSUER, who, worker.name, roles), now)
        return f"staff:{account.id}"

    def _begin(self, entrance: str) -> None:
        """As if the browser had been sent to the provider a moment ago."""
        with self._kept() as kept:
            at = int(clock.now().timestamp())
            pending.keep(kept, "s", Pending(entrance, "n", "v", at, ""))

    def _kept(self) -> AbstractContextManager[SessionMixin]:
        url = self.stage.settings.public_url
        return self.client.session_transaction(base_url=url, environ_overrides={WISH: self.wish})

    def _looks(self, path: str, wish: Wish) -> None:
        """Open a page on the way, and keep the token of its last form."""
        found = TOKEN.findall(self._asks(path, wish).text)
        self.token = max(found, key=len, default="")

    def _asks(self, path: str, wish: Wish) -> TestResponse:
        return self.client.get(self._filled(path), **self._around(wish))

    def _sends(self, wish: Wish) -> TestResponse:
        fields = dict(self._fields())
        return self.client.post(self._filled(self.state.path), data=fields, **self._around(wish))

    def _fields(self) -> Iterator[tuple[str, str | list[str]]]:
        if self.token:
            yield "csrf_token", self.token
        for name, value in (self.state.fields or {}).items():
            yield name, self._filled(value) if isinstance(value, str) else value

    def _around(self, wish: Wish) -> dict[str, object]:
        return {
            "base_url": self.stage.settings.public_url,
            "environ_overrides": {WISH: wish},
        }

    def _filled(self, text: str) -> str:
        if "{" not in text:
            return text
        with Session(self.stage.engine.execution_options(writes=True)) as session:
            filled = Places(session, self.stage.vault, self.user).filled(text)
            session.commit()
        return filled
