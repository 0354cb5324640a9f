"""The portal with its doors for machines open, and an authority that issues tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.api.guard import Guard
from portal.api.tokens import Keys, KeysUnavailable
from portal.app import create_app
from portal.cli.keys import initialised
from portal.db import Base
from portal.settings import Api, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy import Engine
    from werkzeug.test import TestResponse

ISSUER = "https://auth.example"
AUDIENCE = "https://indblik.example/api"
API = Api(ISSUER, AUDIENCE, f"{ISSUER}/jwks", 100_000)
SINGLE = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"


@dataclass
class Authority:
    """Issues tokens, and publishes its keys as long as it is up."""

    key: RSAKey | ECKey
    up: bool = True
    asked: int = 0
    published: list[Any] = field(default_factory=list)

    def jwks(self) -> dict[str, Any]:
        self.asked += 1
        if not self.up:
            raise KeysUnavailable
        return {"keys": self.published}

    def token(self, header: dict[str, Any] | None = None, **claims: object) -> str:
        """A good token, but for what is said; None leaves a claim or header out."""
        now = int(clock.now().timestamp())
        told = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "case-system",
            "client_id": "case-system",
            "iat": now,
            "exp": now + 300,
            "scope": "cases:write overview:read",
        } | claims
        headers = {"typ": "at+jwt", "alg": "ES256", "kid": self.key.kid} | (header or {})
        return jwt.encode(
            {name: value for name, value in headers.items() if value is not None},
            {name: value for name, value in told.items() if value is not None},
            self.key,
            algorithms=[str(headers["alg"])],
        )


def published(key: RSAKey | ECKey) -> dict[str, Any]:
    """The public half of a key."""
    return {**key.as_dict(private=False), "kid": key.kid}


@dataclass
class Machine:
    """A case system that talks to the portal."""

    app: Flask
    authority: Authority
    client: FlaskClient

    @property
    def engine(self) -> Engine:
        engine: Engine = self.app.extensions["engine"]
        return engine

    def post(self, body: bytes, kind: str = SINGLE, **headers: str) -> TestResponse:
        """Send a body with a good token; headers are named with underscores."""
        given = {"Authorization": f"Bearer {self.authority.token()}", "Content-Type": kind} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.post("/api/v1/events", data=body, headers=given)

    def batch(self, *records: bytes) -> list[dict[str, Any]]:
        """What became of each of the records."""
        answer = self.post(b"[" + b",".join(records) + b"]", BATCH)
        assert answer.status_code == 200
        told: list[dict[str, Any]] = json.loads(answer.data)["records"]
        return told

    def count(self, model: type[Base]) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


def opened(environment: dict[str, str], url: str) -> Flask:
    """The app on this database with tables; `machines` is still to be set."""
    settings = read(environment | {"INDBLIK_DATABASE_URL": url})
    app = create_app(replace(settings, api=API))
    Base.metadata.create_all(app.extensions["engine"])
    initialised(app.extensions["engine"], settings.keks)
    return app


@pytest.fixture(scope="session")
def signing_key() -> ECKey:
    return ECKey.generate_key("P-256", parameters={"kid": "one"})


@pytest.fixture
def authority(signing_key: ECKey) -> Authority:
    return Authority(signing_key, published=[published(signing_key)])


@pytest.fixture
def machine(
    environment: dict[str, str], database_url: str, tmp_path: Path, authority: Authority
) -> Iterator[Machine]:
    """A case system and the portal on an empty database, once of each kind."""
    app = opened(environment, database_url)
    app.extensions["machines"] = Guard(API, Keys(authority.jwks), app.extensions["rates"])
    yield Machine(app, authority, app.test_client())
    app.extensions["engine"].dispose()


def problem(answer: TestResponse, status: int, kind: str) -> dict[str, Any]:
    """The problem details of an answer, which must be of this status and kind."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.data)
    assert (told["status"], told["type"]) == (status, f"urn:indblik:problem:{kind}")
    assert {"title", "detail"} <= told.keys()
    return told
