"""Sessions through any sequence of what can happen to them: no cookie that has died opens a page.

A machine that signs people in, rotates, waits, ends and kills as chance has it. After each step one
cookie of all that were ever given out is shown, and in the end every one of them. How many
sequences: INDBLIK_SEQUENCES, a few where nobody says.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from flask import Response, session
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from redis import Redis
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import clock
from portal.identity.models import StaffAccount
from portal.identity.words import Loa
from portal.keys.queries import vault_of
from portal.pages import sessions
from portal.pages.accounts import READERS
from portal.pages.entrances import CITIZEN, ENTRANCES, STAFF
from portal.pages.oidc.answers import Answer
from portal.pages.public.sign_in import _let_in
from portal.sign_ins.actions import end_all, end_at_provider
from portal.sign_ins.words import Holder, Kind
from portal.vault import Vault
from tests.pages.conftest import ISSUER, Stage, token_in
from tests.pages.stores import either_store
from tests.vaults import Turning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask.testing import FlaskClient


SEQUENCES = int(os.environ.get("INDBLIK_SEQUENCES", "6"))
STEPS = 12
PAGES = {"amalie": "/deltag", "bjorn": "/deltag", "tekst": "/medarbejder"}
PROVIDERS = ("p1", "p2")
ROLES = (["text_owner"], ["quality"])
COUNTED = {"sequences": 0, "shown": 0, "dead": 0}


@dataclass
class Given:
    """A cookie that was given out, and what should be true of it."""

    cookie: str
    person: str
    provider: str
    since: datetime
    seen: datetime
    roles: list[str] | None
    dead: bool = False


@dataclass
class World:
    """A portal with one kind of store, and the moment."""

    stage: Stage
    redis: str | None
    moment: datetime


@pytest.fixture(scope="module", params=["files", "redis"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[World]:
    """A portal of its own."""
    made, url = either_store(request, tmp_path_factory.mktemp("sequences"), key_file)
    yield World(made, url, clock.now())
    made.engine.dispose()


def test_no_dead_cookie_opens_a_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: world.moment)
    before = dict(COUNTED)

    class Here(Sequences):
        place = world

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    told = {name: count - before[name] for name, count in COUNTED.items()}
    assert told["sequences"] >= SEQUENCES
    assert told["shown"] > told["dead"]
    print(told)  # noqa: T201 - the figures of a long run


class Sequences(RuleBasedStateMachine):
    """What can happen to sessions."""

    place: World

    def __init__(self) -> None:
        super().__init__()
        COUNTED["sequences"] += 1
        self.given: list[Given] = []
        self.app = self.place.stage.app
        self.keys = Turning(vault_of(self.place.stage.settings))
        self.app.extensions["vault"] = Vault(self.keys, 0)

    @initialize()
    def begin(self) -> None:
        self.roles = ROLES[0]
        self._set_roles()
        with Session(self.place.stage.engine.execution_options(writes=True)) as db:
            for person in PAGES:  # those of the sequence before are no part of this one
                end_all(db, self._holder(person), self.place.moment)
            db.commit()
        self.sign_in("amalie", "p1", None)

    def _holder(self, person: str) -> Holder:
        kind, _, account = self.place.stage.users[person].partition(":")
        return Holder(Kind(kind), UUID(account))

    def _set_roles(self) -> None:
        with Session(self.place.stage.engine.execution_options(writes=True)) as db:
            db.execute(
                update(StaffAccount).where(StaffAccount.subject == "tekst").values(roles=self.roles)
            )
            db.commit()

    def _client(self, cookie: str) -> FlaskClient:
        client = self.app.test_client()
        client.set_cookie("indblik", cookie)
        return client

    def _pick(self, number: int) -> Given:
        return self.given[number % len(self.given)]

    def _alive(self, one: Given) -> bool:
        now = self.place.moment
        lasts = now - one.seen < sessions.IDLE and now - one.since < sessions.ABSOLUTE
        rightly = one.roles is None or one.roles == self.roles
        return not one.dead and lasts and rightly

    def _shown(self, one: Given) -> None:
        """Show a cookie: it opens the page exactly if it should."""
        expected = self._alive(one)
        status = self._client(one.cookie).get(PAGES[one.person]).status_code
        COUNTED["shown"] += 1
        COUNTED["dead"] += not expected
        assert status == (200 if expected else 303), one
        one.dead = not expected
        one.seen = self.place.moment

    # --- What can happen.

    @rule(person=st.sampled_from(list(PAGES)), provider=st.sampled_from(PROVIDERS),
          over=st.none() | st.integers(0, 50))  # fmt: skip
    def sign_in(self, person: str, provider: str, over: int | None) -> None:
        """Sign in, in a new browser or in one that somebody was signed in with before."""
        old = self._pick(over) if over is not None and self.given else None
        headers = {"Cookie": f"indblik={old.cookie}"} if old else {}
        entrance = ENTRANCES[STAFF if person == "tekst" else CITIZEN]
        with self.app.test_request_context("/log-ind/retur", headers=headers):
            self.app.preprocess_request()
            kind, _, account = self.place.stage.users[person].partition(":")
            with Session(self.place.stage.engine) as db:
                user = READERS[kind](db, self.app.extensions["vault"], UUID(account))
            assert user is not None
            answer = Answer({"iss": ISSUER, "sub": person}, {}, None, provider, None)
            _let_in(entrance, user, answer, Loa.SUBSTANTIAL)
            cookie = self.app.process_response(Response()).headers["Set-Cookie"]
        if old:
            old.dead = True
        now = self.place.moment
        roles = self.roles if person == "tekst" else None
        word = cookie.partition("=")[2].partition(";")[0]
        self.given.append(Given(word, person, provider, now, now, roles))

    @rule(number=st.integers(0, 50))
    def show(self, number: int) -> None:
        """Show any cookie that there ever was."""
        self._shown(self._pick(number))

    @rule(
        minutes=st.sampled_from([1, 14, 29, 30, 31, 240, 479]), seconds=st.sampled_from([-1, 0, 1])
    )
    def wait(self, minutes: int, seconds: int) -> None:
        """Let time pass, often just as much as counts."""
        self.place.moment += timedelta(minutes=minutes, seconds=seconds)

    @rule(number=st.integers(0, 50))
    def sign_out(self, number: int) -> None:
        """Sign out with the page's own form, if somebody is in."""
        one = self._pick(number)
        client = self._client(one.cookie)
        page = client.get("/ord")
        if self._alive(one):
            form = {"csrf_token": token_in(page.text)}
            assert client.post("/log-ud", data=form).status_code < 400
        one.dead = True

    @rule(number=st.integers(0, 50))
    def sign_out_while_a_slow_request_runs(self, number: int) -> None:
        """What began before the end and is saved after it brings nothing back."""
        one = self._pick(number)
        headers = {"Cookie": f"indblik={one.cookie}"}
        with self.app.test_request_context("/ord", headers=headers):
            session["slow"] = True
            self.sign_out(number)
            self.app.session_interface.save_session(self.app, session, Response())

    @rule(person=st.sampled_from(list(PAGES)), provider=st.none() | st.sampled_from(PROVIDERS))
    def provider_ends(self, person: str, provider: str | None) -> None:
        """The provider says that somebody has signed out there."""
        with self.app.test_request_context("/"), Session(self.place.stage.engine) as db:
            sessions.forget(end_at_provider(db, ISSUER, person, provider, self.place.moment))
            db.commit()
        for one in self.given:
            if one.person == person and provider in {None, one.provider}:
                one.dead = True

    @rule(number=st.integers(0, 50), others=st.booleans())
    def end_from_the_list(self, number: int, others: bool) -> None:  # noqa: FBT001 - drawn
        """End all sessions of an account, or all others, from the page of the own ones."""
        one = self._pick(number)
        if not self._alive(one):
            return
        path = "/medarbejder/mine-sessioner" if one.person == "tekst" else "/mine-sessioner"
        client = self._client(one.cookie)
        form = {
            "csrf_token": token_in(client.get(path).text),
            "afslut": "andre" if others else "alle",
        }
        assert client.post(path, data=form).status_code == 303
        one.seen = self.place.moment
        for given in self.given:
            if given.person == one.person and not (others and given is one):
                given.dead = True

    @rule()
    def roles_change(self) -> None:
        """A member of staff gets other roles: no session that began before may use them."""
        for one in self.given:
            if one.person == "tekst":
                self._shown(one)  # sessions notice when they are used
        self.roles = ROLES[1] if self.roles == ROLES[0] else ROLES[0]
        self._set_roles()
        for one in self.given:
            if one.person == "tekst":
                self._shown(one)

    @rule()
    def rotate(self) -> None:
        """The key by which sessions are called is replaced: those that run go on."""
        self.keys.rotate()

    @rule()
    def kill_the_store(self) -> None:
        """The store dies and comes back empty: everybody has to sign in again."""
        if self.place.redis:
            Redis.from_url(self.place.redis).flushall()
        else:
            folder = self.place.stage.settings.data_dir / "sessions"
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
        for one in self.given:
            one.dead = True

    def teardown(self) -> None:
        """Show every cookie that there ever was."""
        for one in self.given:
            self._shown(one)
        self.place.moment += timedelta(days=1)
