"""A portal with its sign-in simulator, and a browser without a screen."""

from __future__ import annotations

import contextlib
import html
import logging
import re
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from werkzeug.serving import make_server

from portal.app import create_app
from portal.cli.keys import initialised
from portal.db import Base, engine_for
from portal.identity.words import Expected
from portal.pages.oidc.provider import Provider
from portal.pages.oidc.wire import Line
from portal.settings import Client
from portal.simulator import Invented, create_simulator
from tests.servers.lying import Lying, lying_provider
from tests.servers.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from portal.pages.oidc.answers import Answer
    from portal.settings import Settings

ANNA = Invented("Anna Opfundet", "6101901234")
METTE = Invented("Mette Opfundet", roles=("text_owner",))
BO = Invented("Bo Opfundet", "6201901234")
ROLELESS = Invented("Ole Opfundet", roles=("made-up",))
BACK = "http://localhost/log-ind/retur"
PEOPLE = [ANNA, METTE, BO, ROLELESS]


@contextlib.contextmanager
def served(app: Flask, port: int) -> Iterator[None]:
    """The app on a loopback port."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


@dataclass
class Browser:
    """One person's way through portal and provider."""

    client: FlaskClient

    def begin(self, start: str = "/log-ind", onward: str = "") -> str:
        """Press the button; the provider's address."""
        form = fields(self.client.get(start, query_string={"next": onward}).text)
        answer = self.client.post(start, data=form)
        found = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', answer.text)
        assert found is not None, answer.text
        return html.unescape(found[1])

    def choose(self, address: str, **choice: str) -> str:
        """Choose in the simulator; the path that leads back."""
        with requests.Session() as beyond:
            beyond.trust_env = False
            page = beyond.get(address, timeout=5)
            form = {**fields(page.text), **choice}
            back = beyond.post(address, data=form, allow_redirects=False, timeout=5)
        return back.headers["Location"].removeprefix("http://localhost")

    def sign_in(self, start: str = "/log-ind", onward: str = "", **choice: str) -> TestResponse:
        """All the way; Anna unless another is chosen."""
        return self.client.get(self.choose(self.begin(start, onward), **({"person": "0"} | choice)))

    def sign_out(self) -> TestResponse:
        """Press the button in the page's head."""
        return self.client.post("/log-ud", data=fields(self.client.get("/ord").text))

    def cookie(self) -> str:
        """The session's name."""
        kept = self.client.get_cookie("indblik")
        assert kept is not None
        return kept.value


@pytest.fixture(params=["files", "redis"])
def portal_settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """Settings with either kind of session store, and a simulator of their own."""
    redis = request.getfixturevalue("redis_url") if request.param == "redis" else None
    issuer = f"http://127.0.0.1:{free_port()}"
    return replace(
        settings,
        redis_url=redis,
        citizen=replace(settings.citizen, issuer=issuer),
        staff=replace(settings.staff, issuer=issuer),
    )


@pytest.fixture
def portal(portal_settings: Settings) -> Iterator[Flask]:
    """A portal whose simulator answers."""
    engine = engine_for(portal_settings.database_url)
    Base.metadata.create_all(engine)
    initialised(engine, portal_settings.keks)
    engine.dispose()
    port = int(portal_settings.citizen.issuer.rpartition(":")[2])
    with served(create_simulator(portal_settings, PEOPLE), port):
        yield create_app(portal_settings)


@pytest.fixture
def browser(portal: Flask) -> Browser:
    """A browser that has been nowhere yet."""
    return Browser(portal.test_client())


@pytest.fixture
def other(portal: Flask) -> Browser:
    """Another browser."""
    return Browser(portal.test_client())


@pytest.fixture
def lying() -> Iterator[Lying]:
    with lying_provider() as one:
        yield one


@pytest.fixture
def ours(lying: Lying, key_file: Path) -> Provider:
    return Provider(Client(lying.issuer, "indblik", key_file, "simulator"))


def finish(ours: Provider, lying: Lying, answered_by: str | None = None) -> Answer:
    """Come back from the provider, a moment after having been sent there."""
    expected = Expected(
        lying.issuer, "indblik", "nonce", int(time.time()), answered_by or lying.issuer
    )
    return ours.finish("code", "verifier", BACK, expected)


DOORS = {"/log-ind": "/log-ind/udefra", "/medarbejder/log-ind": "/medarbejder/udefra"}
BACK_OF = {"/log-ind": "/log-ind/retur", "/medarbejder/log-ind": "/medarbejder/retur"}
INSIDE = {"/log-ind": "/sager", "/medarbejder/log-ind": "/medarbejder"}
CITIZENS, STAFF = DOORS


class World:
    """A portal whose two providers are one, that does as it is told."""

    def __init__(self, settings: Settings, lying: Lying) -> None:
        client = replace(settings.citizen, issuer=lying.issuer, client_id="indblik")
        self.settings = replace(settings, citizen=client, staff=client)
        self.lying = lying
        self.app = create_app(self.settings)

    def signed_in(self, start: str = CITIZENS, subject: str = "subject-1", **told: str) -> Browser:
        """A browser that somebody has signed in with."""
        browser = Browser(self.app.test_client())
        asked = parse_qs(urlsplit(browser.begin(start)).query)
        self.lying.changed = {"aud": "indblik", "sub": subject, **told}
        self.lying.nonce = asked["nonce"][0]
        told_of = {"sub": subject, "name": "Opfundet Person", "roles": ["quality"]}
        self.lying.says("/userinfo", told_of)
        query = {"state": asked["state"][0], "code": "x"}
        answer = browser.client.get(BACK_OF[start], query_string=query)
        assert answer.status_code == 303, answer.text
        return browser

    @staticmethod
    def line(lying: Lying) -> Line:
        """A line to the provider by itself."""
        return Line(lying.issuer, client_id="indblik")

    def says(self, token: str, start: str = CITIZENS) -> TestResponse:
        """The provider comes to the door with a logout token."""
        return self.app.test_client().post(DOORS[start], data={"logout_token": token})


def is_in(browser: Browser, start: str = CITIZENS) -> bool:
    return browser.client.get(INSIDE[start]).status_code == 200


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    engine = engine_for(settings.database_url)
    Base.metadata.create_all(engine)
    initialised(engine, settings.keks)
    engine.dispose()
    with lying_provider() as lying:
        yield World(settings, lying)


@pytest.fixture(params=["files", "redis"])
def either(world: World, request: pytest.FixtureRequest) -> World:
    """The same on either kind of session store."""
    if request.param == "files":
        return world
    redis = request.getfixturevalue("redis_url")
    return World(replace(world.settings, redis_url=redis), world.lying)
