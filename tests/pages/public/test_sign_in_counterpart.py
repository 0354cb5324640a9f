"""Signing in with a provider that others wrote and certified, speaking as a broker for MitID."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests

from portal.app import create_app
from portal.cli.keys import initialised
from portal.db import Base, engine_for
from tests.pages.public.conftest import Browser
from tests.servers.oidc_provider import Counterpart, oidc_provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portal.settings import Settings

PORTAL = "http://localhost"
SOMEWHERE = "/ord"  # a page for everybody that shows who has signed in
WANTED = "/sager?side=1"
PEOPLE = {
    "anna": {
        "loa": "https://data.gov.dk/concept/core/nsis/Substantial",
        "mitid.uuid": "8f0b8f0e-0000-4000-8000-000000000001",
        "mitid.identity_name": "Anna Opfundet",
        "mitid.has_cpr": "true",
        "dk.cpr": "6101901234",
    },
    "low": {"loa": "https://data.gov.dk/concept/core/nsis/Low", "dk.cpr": "6201901234"},
    "numberless": {
        "loa": "https://data.gov.dk/concept/core/nsis/High",
        "mitid.identity_name": "Nor Opfundet",
        "mitid.has_cpr": "false",
    },
}


WAYS = {
    "plain": Counterpart(PEOPLE),
    "signed": Counterpart(PEOPLE, signed="required"),
    "pushed": Counterpart(PEOPLE, pushed="required"),
    "both": Counterpart(PEOPLE, signed="required", pushed="required"),
}


@contextlib.contextmanager
def portal_at(
    how: Counterpart, settings: Settings, key_file: Path, folder: Path
) -> Iterator[Browser]:
    """A portal whose citizens sign in with the counterpart."""
    with oidc_provider(folder, [key_file], how) as issuer:
        citizen = replace(
            settings.citizen, issuer=issuer, preset="nets-eid-broker", key_file=key_file
        )
        engine = engine_for(settings.database_url)
        Base.metadata.create_all(engine)
        initialised(engine, settings.keks)
        engine.dispose()
        yield Browser(create_app(replace(settings, citizen=citizen)).test_client())


@pytest.fixture(params=WAYS)
def each_way(
    request: pytest.FixtureRequest, settings: Settings, key_file: Path, tmp_path: Path
) -> Iterator[Browser]:
    with portal_at(WAYS[request.param], settings, key_file, tmp_path) as browser:
        yield browser


@pytest.fixture
def browser(settings: Settings, key_file: Path, tmp_path: Path) -> Iterator[Browser]:
    with portal_at(WAYS["both"], settings, key_file, tmp_path) as browser:
        yield browser


def through(address: str, answer: str) -> str:
    """Play the browser at the provider; the path that leads back to the portal."""
    with requests.Session() as beyond:
        beyond.trust_env = False
        while not address.startswith(PORTAL):
            if "/interaction/" in address:
                address += f"?{answer}"
            step = beyond.get(address, allow_redirects=False, timeout=5)
            assert "Location" in step.headers, step.text
            address = urljoin(address, step.headers["Location"])
    return address.removeprefix(PORTAL)


def asked_of(address: str) -> dict[str, Any]:
    """What the provider was asked, as it says itself."""
    with requests.Session() as beyond:
        beyond.trust_env = False
        told = beyond.get(urljoin(address, "/asked"), timeout=5).json()
    return dict(told["params"])


def test_a_citizen_signs_in(each_way: Browser, request: pytest.FixtureRequest) -> None:
    way = request.node.callspec.params["each_way"]
    address = each_way.begin(onward=WANTED)
    shown = parse_qs(urlsplit(address).query)
    if way != "plain":  # nothing of what is asked can be read or changed on the way
        assert not shown.keys() & {"nonce", "idp_values", "redirect_uri", "code_challenge"}
    assert ("request_uri" in shown) is (way in {"pushed", "both"})
    assert ("request" in shown) is (way == "signed")
    back = through(address, "as=anna")
    asked = asked_of(address)
    assert (asked["prompt"], asked["idp_values"], asked["language"]) == ("login", "mitid", "da")
    assert "Substantial" in asked["idp_params"]
    answer = each_way.client.get(back)
    assert (answer.status_code, answer.location) == (303, WANTED)
    assert "Anna Opfundet" in each_way.client.get(SOMEWHERE).text


def test_a_second_sign_in_opens_the_same_account(browser: Browser) -> None:
    for _ in range(2):
        assert browser.client.get(through(browser.begin(), "as=anna")).status_code == 303
        with browser.client.session_transaction() as kept:
            users = kept["_user_id"]
        browser.sign_out()
    assert users.startswith("citizen:")


def test_not_everyone_has_a_number(browser: Browser) -> None:
    browser.client.get(through(browser.begin(), "as=numberless"))
    assert "Nor Opfundet" in browser.client.get(SOMEWHERE).text


def test_a_level_that_is_too_low(browser: Browser) -> None:
    assert browser.client.get(through(browser.begin(), "as=low")).status_code == 403


@pytest.mark.parametrize(
    ("code", "title"),
    [("mitid_user_aborted", "Du afbrød login"), ("mitid_timeout", "Login lykkedes ikke")],
)
def test_refusals_are_told_apart(browser: Browser, code: str, title: str) -> None:
    answer = browser.client.get(through(browser.begin(), f"refuse={code}"))
    assert f"<h1>{title}</h1>" in answer.text


def test_a_code_counts_once(browser: Browser) -> None:
    """Even where our own memory of the state is set back, as by two requests at one moment."""
    back = through(browser.begin(), "as=anna")
    with browser.client.session_transaction() as kept:
        sign_ins = dict(kept["sign_ins"])
    assert browser.client.get(back).status_code == 303
    with browser.client.session_transaction() as kept:
        kept["sign_ins"] = sign_ins
    again = browser.client.get(back)
    assert again.status_code == 400
    assert "Login lykkedes ikke" in again.text


def test_signing_out_reaches_the_provider(browser: Browser) -> None:
    browser.client.get(through(browser.begin(), "as=anna"))
    page = browser.sign_out().text
    found = re.search(r'content="0; url=([^"]*)"', page)
    assert found is not None
    with requests.Session() as beyond:
        beyond.trust_env = False
        asked = beyond.get(found[1].replace("&amp;", "&"), timeout=5)
        assert asked.status_code == 200, asked.text
        action = re.search(r'action="([^"]*)"', asked.text)
        token = re.search(r'name="xsrf" value="([^"]*)"', asked.text)
        assert action is not None
        assert token is not None
        form = {"xsrf": token[1], "logout": "yes"}
        done = beyond.post(action[1], data=form, allow_redirects=False, timeout=5)
    assert done.headers["Location"] == f"{PORTAL}/logget-ud"
