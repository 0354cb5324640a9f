"""Signing in with the simulator, on both kinds of session store."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.audit.models import AuditEntry
from portal.db import engine_for
from portal.pages import entrances
from portal.pages.oidc import wire
from portal.pages.public import sign_in as door
from portal.pages.public import sign_out as way_out
from portal.pages.session_stores.in_redis import PREFIX, RedisStore
from portal.settings import Key
from portal.vault import Purpose, Vault
from tests.pages.public.conftest import ANNA, METTE, Browser, fields
from tests.servers.lying import drops, lying_provider

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Settings

SOMEWHERE = "/ord"  # a page for everybody that shows who has signed in
WANTED = "/sager?side=1"


def acts(settings: Settings) -> list[tuple[str, str, str | None]]:
    """What the audit log holds."""
    engine = engine_for(settings.database_url)
    with Session(engine) as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        told = [(row.act, row.actor, row.why) for row in rows]
    engine.dispose()
    return told


def kept(portal: Flask) -> bytes:
    """All that the session store holds."""
    store = vars(portal.session_interface)["store"]
    if isinstance(store, RedisStore):
        sessions = list(store.client.scan_iter(f"{PREFIX}*"))  # visits are counted there, too
        return b"".join(store.client.mget(sessions))  # type: ignore[arg-type]  # bytes, as no charset is set
    folder = portal.extensions["settings_folder"]
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.fixture(autouse=True)
def _session_folder(request: pytest.FixtureRequest) -> None:
    if "portal" in request.fixturenames:
        settings = request.getfixturevalue("portal_settings")
        folder = settings.data_dir / "sessions"
        request.getfixturevalue("portal").extensions["settings_folder"] = folder


def test_a_citizen_signs_in_and_out(browser: Browser, portal_settings: Settings) -> None:
    answer = browser.sign_in(onward=WANTED)
    assert (answer.status_code, answer.location) == (303, WANTED)
    assert ANNA.name in browser.client.get(SOMEWHERE).text
    out = browser.sign_out()
    assert out.status_code == 200
    assert ANNA.name not in out.text
    assert ANNA.name not in browser.client.get(SOMEWHERE).text
    assert browser.client.get("/logget-ud").status_code == 200
    assert acts(portal_settings) == [
        ("signed_in", "citizen", None),
        ("signed_out", "citizen", None),
    ]


def test_without_a_wish_the_way_leads_home(browser: Browser) -> None:
    assert browser.sign_in().location == "/sager"
    assert browser.client.get("/log-ind?next=/sager?side=1").location == "/sager?side=1"


def test_a_member_of_staff_has_an_own_door(browser: Browser, portal_settings: Settings) -> None:
    answer = browser.sign_in("/medarbejder/log-ind", person="1")
    assert answer.location == "/medarbejder"
    assert METTE.name in browser.client.get(SOMEWHERE).text
    assert browser.client.get("/sager").status_code == 403
    browser.sign_out()
    assert acts(portal_settings)[0] == ("signed_in", "staff", None)


def test_staff_without_a_role_stay_outside(browser: Browser, portal_settings: Settings) -> None:
    answer = browser.sign_in("/medarbejder/log-ind", person="3")
    assert answer.status_code == 403
    assert ("sign_in.refused", "nobody", "no_role") in acts(portal_settings)


@pytest.mark.parametrize(
    ("choice", "status", "title"),
    [
        ({"instead": "stop"}, 200, "Du afbrød login"),
        ({"instead": "time_out"}, 400, "Login lykkedes ikke"),
        ({"level": "low"}, 403, "Du skal logge ind på en mere sikker måde"),
    ],
)
def test_refusals_are_told_apart(
    browser: Browser, choice: dict[str, str], status: int, title: str
) -> None:
    answer = browser.sign_in(**choice)
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert ANNA.name not in browser.client.get(SOMEWHERE).text


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_every_page_speaks_the_readers_language(browser: Browser, view: str) -> None:
    for path in ("/log-ind", "/medarbejder/log-ind", "/logget-ud", "/log-ind/retur"):
        page = browser.client.get(path, query_string={"visning": view}).text
        assert f'<html lang="{view}"' in page
        assert "sign_in." not in page.replace("public.sign_in.", "")


# --- What must not be kept or told.


def test_neither_name_nor_number_is_kept_or_logged(
    browser: Browser, portal: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        back = browser.choose(browser.begin(), person="0")
        browser.client.get(back)
        browser.client.get(SOMEWHERE)
    records = " ".join(str(vars(record)) + record.getMessage() for record in caplog.records)
    assert ANNA.cpr is not None
    for told in (kept(portal).decode("utf-8", "replace"), records, back, browser.cookie()):
        assert told
        assert ANNA.cpr not in told
        assert ANNA.name not in told


def test_a_session_holds_no_token_that_opens_the_provider(browser: Browser, portal: Flask) -> None:
    browser.sign_in()
    assert b"access_token" not in kept(portal)
    assert b"verifier" not in kept(portal)


def test_nobody_is_let_in_whose_entry_cannot_be_noted(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise OSError

    back = browser.choose(browser.begin(), person="0")
    monkeypatch.setattr(door, "note", broken)
    assert browser.client.get(back).status_code == 500
    assert ANNA.name not in browser.client.get(SOMEWHERE).text


def test_everybody_gets_out_also_when_that_cannot_be_noted(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise OSError

    browser.sign_in()
    monkeypatch.setattr(way_out, "note", broken)
    assert browser.sign_out().status_code == 500
    assert ANNA.name not in browser.client.get(SOMEWHERE).text


# --- A provider that is down, slow or lying.


def browser_with(settings: Settings, issuer: str) -> Browser:
    citizen = replace(settings.citizen, issuer=issuer)
    return Browser(create_app(replace(settings, citizen=citizen)).test_client())


def start_status(browser: Browser) -> tuple[int, float]:
    form = browser.client.get("/log-ind").text
    token = form.partition('name="csrf_token" value="')[2].partition('"')[0]
    begin = time.monotonic()
    answer = browser.client.post("/log-ind", data={"csrf_token": token})
    assert "<h1>" in answer.text
    return answer.status_code, time.monotonic() - begin


def test_a_provider_that_is_down(portal_settings: Settings, portal: Flask) -> None:
    status, seconds = start_status(browser_with(portal_settings, "http://127.0.0.1:9"))
    assert status == 503
    assert seconds < 1


def test_a_provider_that_drips_holds_a_page_under_three_seconds(
    portal_settings: Settings, portal: Flask
) -> None:
    with lying_provider() as lying:
        lying.bodies["/.well-known/openid-configuration"] = drops
        status, seconds = start_status(browser_with(portal_settings, lying.issuer))
    assert status == 503
    assert seconds < 3


def test_a_provider_that_lies_about_itself(portal_settings: Settings, portal: Flask) -> None:
    with lying_provider() as lying:
        lying.says("/.well-known/openid-configuration", {"issuer": "https://elsewhere.example"})
        status, _ = start_status(browser_with(portal_settings, lying.issuer))
    assert status == 502


def test_many_that_wait_for_a_hanging_provider_do_not_pile_up(
    monkeypatch: pytest.MonkeyPatch, portal_settings: Settings, portal: Flask
) -> None:
    monkeypatch.setattr(wire._free, "acquire", lambda **_: False)
    status, seconds = start_status(Browser(portal.test_client()))
    assert status == 503
    assert seconds < 1


def test_signing_out_does_not_ask_the_provider(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in()
    monkeypatch.setattr(wire, "within_bounds", None)
    monkeypatch.setattr(entrances, "Provider", None)
    answer = browser.sign_out()
    assert answer.status_code == 200
    assert "id_token_hint=" in answer.text
    assert ANNA.name not in browser.client.get(SOMEWHERE).text


def finished_with(settings: Settings, **userinfo: str) -> int:
    """The status of a return from a provider that tells this about somebody."""
    with lying_provider() as lying:
        lying.changed = {"aud": settings.citizen.client_id}
        lying.says("/userinfo", {"sub": "subject-1", **userinfo})
        browser = browser_with(settings, lying.issuer)
        asked = parse_qs(urlsplit(browser.begin()).query)
        lying.nonce = asked["nonce"][0]
        query = {"state": asked["state"][0], "code": "x"}
        return browser.client.get("/log-ind/retur", query_string=query).status_code


def test_a_number_that_is_none_is_our_error(portal_settings: Settings, portal: Flask) -> None:
    assert finished_with(portal_settings, cpr="123") == 502
    assert finished_with(portal_settings, cpr="6101901234") == 303


def test_a_return_without_a_code(browser: Browser) -> None:
    state = parse_qs(urlsplit(browser.begin()).query)["state"][0]
    assert browser.client.get(f"/log-ind/retur?state={state}").status_code == 502


def test_a_name_that_cannot_be_opened_signs_nobody_in(
    browser: Browser, portal: Flask, portal_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in()
    known: Vault = portal.extensions["vault"]
    ring = {purpose: known.known(purpose) for purpose in Purpose}
    ring[Purpose.DATA] = (Key("newer", b"x" * 32),)
    monkeypatch.setattr("portal.app.vault_of", lambda _settings: Vault(lambda: ring, math.inf))
    other = create_app(portal_settings).test_client()
    other.set_cookie("indblik", browser.cookie())
    assert ANNA.name not in other.get(SOMEWHERE).text
    assert ANNA.name in browser.client.get(SOMEWHERE).text


def test_signing_out_twice_is_no_error(browser: Browser) -> None:
    form = fields(browser.client.get("/log-ind").text)
    assert browser.client.post("/log-ud", data=form).location == "/logget-ud"
