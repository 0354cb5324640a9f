"""What fails around the portal: a clear page in time, in the reader's language, and a quiet log."""

from __future__ import annotations

import logging
import math
import re
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.db import engine_for
from portal.pages.session_stores.names import new_id
from portal.vault import Purpose, Vault
from tests import cast
from tests.pages.conftest import Stage, token_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

NOWHERE = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
LONGEST = 3.0  # seconds that anybody waits
VIEWS = ("da", "da-simple", "en")


def in_time(
    client: FlaskClient, path: str, method: str = "GET", data: dict[str, str] | None = None
) -> TestResponse:
    """The answer, which must come before somebody gives up."""
    began = time.perf_counter()
    answer = client.open(path, method=method, data=data)
    assert time.perf_counter() - began < LONGEST, path
    return answer


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged, on every level. Afterwards: nobody is in it."""
    caplog.set_level(logging.DEBUG)
    yield caplog
    said = "\n".join(str(vars(record)) for record in caplog.get_records("call"))
    for one in cast.citizens().values():
        assert one.name not in said
        assert one.cpr not in said
    assert re.search(r"26-1\d{4}", said) is None


@pytest.fixture
def without_database(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The portal whose database cannot be reached; who had signed in still has a session.

    It has read its keys before: without them there is tests/pages/test_keys_gone.py.
    """
    held = {purpose: stage.app.extensions["vault"].known(purpose) for purpose in Purpose}
    monkeypatch.setattr("portal.app.vault_of", lambda _settings: Vault(lambda: held, math.inf))
    return replace(stage, app=create_app(replace(stage.settings, database_url=NOWHERE)))


@pytest.mark.parametrize("view", VIEWS)
def test_no_database(without_database: Stage, view: str) -> None:
    client = without_database.signed_in("amalie")
    for path in ("/sager", f"/sager/{without_database.cases['26-10101']}", "/medarbejder"):
        answer = in_time(client, f"{path}?visning={view}")
        assert answer.status_code == 503
        assert f'<html lang="{view}"' in answer.text
        assert "Amalie" not in answer.text
        assert "26-10101" not in answer.text


def test_no_database_and_nobody(without_database: Stage) -> None:
    client = without_database.nobody()
    assert in_time(client, "/").status_code == 200
    assert in_time(client, "/ord").status_code == 200
    assert in_time(client, "/health/live").status_code == 200
    assert in_time(client, "/health/ready").get_json()["database"] == "down"
    assert in_time(client, "/sager").status_code == 503  # the refusal cannot be noted


@pytest.fixture(params=["closed", "mute"])
def without_redis(stage: Stage, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The portal whose session store is not there, or takes a call and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if request.param == "mute":
            server.listen()
        url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        yield replace(stage, app=create_app(replace(stage.settings, redis_url=url)))


ONE_KIND = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@ONE_KIND
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", ["/sager", "/log-ind"])
def test_no_session_store(without_redis: Stage, path: str, view: str) -> None:
    client = without_redis.nobody()
    client.set_cookie("indblik", new_id(without_redis.app.extensions["vault"]))
    answer = in_time(client, f"{path}?visning={view}")
    assert answer.status_code == 503
    assert f'<html lang="{view}"' in answer.text


@ONE_KIND
def test_no_session_store_for_a_new_session(without_redis: Stage) -> None:
    client = without_redis.nobody()
    assert in_time(client, "/log-ind").status_code == 503
    assert in_time(client, "/").status_code == 200  # needs none
    assert in_time(client, "/log-ind/retur?state=x&code=y").status_code in {400, 503}


@ONE_KIND
def test_no_session_store_is_told_to_those_who_watch(without_redis: Stage) -> None:
    client = without_redis.nobody()
    assert in_time(client, "/health/live").status_code == 200
    answer = in_time(client, "/health/ready")
    assert (answer.status_code, answer.get_json()["sessions"]) == (503, "down")


PAGES = ("/sager/{}", "/sager/{}/udskrift", "/sager/{}/indsigt", "/sager/{}/haendelser",
         "/sager/{}/kalender.ics")  # fmt: skip


def test_nothing_is_shown_that_cannot_be_noted(own_stage: Stage) -> None:
    with own_stage.engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_entries"))
    client, staff = own_stage.signed_in("amalie"), own_stage.signed_in("tekst")
    for page in PAGES:
        for number in ("26-10101", "26-10701"):  # neither the own one, nor that it is another's
            answer = in_time(client, page.format(own_stage.cases[number]))
            assert answer.status_code >= 500
            assert "26-1" not in answer.text
    assert in_time(staff, "/medarbejder/koder").status_code >= 500
    assert in_time(client, "/medarbejder").status_code >= 500


def test_a_locked_database_keeps_nobody_waiting(own_stage: Stage) -> None:
    client = own_stage.signed_in("amalie")
    other = engine_for(own_stage.settings.database_url)
    postgres = other.dialect.name == "postgresql"
    lock = "LOCK TABLE audit_entries IN ACCESS EXCLUSIVE MODE" if postgres else "BEGIN IMMEDIATE"
    with other.connect() as connection:
        if not postgres:
            connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(lock)
        answer = in_time(client, f"/sager/{own_stage.cases['26-10101']}")
        assert answer.status_code == 503
        assert "26-10101" not in answer.text
        foreign = in_time(client, f"/sager/{own_stage.cases['26-10701']}")
        assert foreign.status_code == 503
        connection.exec_driver_sql("ROLLBACK")
        if not postgres:
            connection.exec_driver_sql("BEGIN")
    other.dispose()
    assert client.get(f"/sager/{own_stage.cases['26-10101']}").status_code == 200


def test_a_commit_that_fails_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_session: Session) -> None:
        statement = "COMMIT"
        raise OperationalError(statement, {"name": "Amalie Prøvegaard"}, Exception("gone"))

    client = stage.signed_in("amalie")
    token = token_in(client.get("/sager").text)
    monkeypatch.setattr(Session, "commit", fail)
    answer = in_time(client, "/log-ud", "POST", data={"csrf_token": token})
    assert answer.status_code == 503
    monkeypatch.undo()
    assert client.get("/sager").status_code == 303  # signed out all the same


def test_an_error_nobody_foresaw(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_values: object) -> None:
        message = "Amalie Prøvegaard 6102890102 26-10101"
        raise RuntimeError(message)

    monkeypatch.setattr("portal.pages.citizen.cases.page_of", fail)
    answer = in_time(stage.signed_in("amalie"), f"/sager/{stage.cases['26-10101']}?visning=en")
    assert answer.status_code == 500
    assert '<html lang="en"' in answer.text
    assert "Amalie" not in answer.text
