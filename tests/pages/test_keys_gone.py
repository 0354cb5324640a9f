"""Keys that are missing, swapped or wrapped with another key: closed, said, and nothing lost."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.identity.models import Person
from portal.keys.models import VaultKey
from portal.settings import Key

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

    from tests.pages.conftest import Stage

KEK, OTHER, SAME_NAME = (Key(*one) for one in (("k1", b"k" * 32), ("k2", b"o" * 32),
                                              ("k1", b"o" * 32)))  # fmt: skip


def _nothing(_engine: Engine) -> None:
    """Leave the keys as they are."""


def _missing(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(delete(VaultKey).where(VaultKey.purpose == "data"))
        session.commit()


def _swapped(engine: Engine) -> None:
    with Session(engine) as session:
        kept = {row.purpose: row.wrapped for row in session.scalars(select(VaultKey))}
        for one, other in (("data", "lookup"), ("lookup", "data")):
            session.execute(
                update(VaultKey).where(VaultKey.purpose == one).values(wrapped=kept[other])
            )
        session.commit()


def _half_rotated(engine: Engine) -> None:
    """A new key is there, and none is the current one."""
    with Session(engine) as session:
        session.execute(update(VaultKey).where(VaultKey.purpose == "data").values(state="old"))
        session.commit()


BROKEN = {
    "missing": (_missing, KEK, "there is no data key"),
    "swapped": (_swapped, KEK, "or the row was changed"),
    "half rotated": (_half_rotated, KEK, "there is no data key"),
    "wrapped with another": (_nothing, OTHER, "which INDBLIK_KEK does not hold"),
    "another of that name": (_nothing, SAME_NAME, "INDBLIK_KEK holds another key of that name"),
}


def portal_with(stage: Stage, kek: Key) -> Flask:
    return create_app(replace(stage.settings, keks=(kek,), keys_fresh=0))


@pytest.mark.parametrize("what", BROKEN)
def test_the_portal_is_closed_and_says_so(
    own_stage: Stage, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    spoil, kek, said = BROKEN[what]
    app = portal_with(own_stage, KEK)
    client = app.test_client()
    assert client.get("/log-ind", base_url=own_stage.settings.public_url).status_code == 200
    app.extensions["engine"].dispose()
    spoil(own_stage.engine)
    with Session(own_stage.engine) as session:
        people = session.scalar(select(func.count()).select_from(Person))
    app = portal_with(own_stage, kek)
    client = app.test_client()
    with caplog.at_level(logging.CRITICAL):
        page = client.get("/log-ind", base_url=own_stage.settings.public_url)
    assert page.status_code == 503
    assert "<h1" in page.text
    assert any(said in record.getMessage() for record in caplog.records), what
    ready = client.get("/health/ready", base_url=own_stage.settings.public_url)
    assert (ready.status_code, ready.get_json()["keys"]) == (503, "down")
    assert client.get("/health/live", base_url=own_stage.settings.public_url).status_code == 200
    with Session(own_stage.engine) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == people
    app.extensions["engine"].dispose()
