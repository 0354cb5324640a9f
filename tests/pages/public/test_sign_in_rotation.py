"""A certified provider that ends sessions itself, and keys that change on either side."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import requests
from joserfc.jwk import ECKey

from portal.app import create_app
from portal.cli.keys import initialised
from portal.db import Base, engine_for
from tests.pages.public.conftest import Browser, served
from tests.pages.public.test_sign_in_counterpart import PEOPLE
from tests.servers.oidc_provider import Counterpart, oidc_provider
from tests.servers.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from flask import Flask

    from portal.settings import Settings


def portal_for(settings: Settings, issuer: str, keys: Sequence[Path], address: str = "") -> Flask:
    """A portal that signs its requests with the first of these keys."""
    engine = engine_for(settings.database_url)
    Base.metadata.create_all(engine)
    initialised(engine, settings.keks)
    engine.dispose()
    citizen = replace(
        settings.citizen,
        issuer=issuer,
        preset="nets-eid-broker",
        key_file=keys[0],
        other_key_files=tuple(keys[1:]),
    )
    return create_app(replace(settings, citizen=citizen, public_url=address or settings.public_url))


@contextlib.contextmanager
def person() -> Iterator[requests.Session]:
    """A browser as the provider sees it: with its cookies."""
    with requests.Session() as beyond:
        beyond.trust_env = False
        yield beyond


def through(beyond: requests.Session, address: str, home: str) -> str:
    """Sign Anna in at the provider; the path that leads back."""
    while not address.startswith(home):
        if "/interaction/" in address:
            address += "?as=anna"
        step = beyond.get(address, allow_redirects=False, timeout=5)
        assert "Location" in step.headers, step.text
        address = urljoin(address, step.headers["Location"])
    return address.removeprefix(home)


def sign_out_there(beyond: requests.Session, issuer: str) -> None:
    """Sign out at the provider itself, as from another page that it serves."""
    page = beyond.get(f"{issuer}/session/end", timeout=5)
    action = re.search(r'action="([^"]*)"', page.text)
    token = re.search(r'name="xsrf" value="([^"]*)"', page.text)
    assert action is not None
    assert token is not None
    form = {"xsrf": token[1], "logout": "yes"}
    assert beyond.post(action[1], data=form, timeout=5).status_code == 200


def test_signing_out_at_the_provider_ends_the_session_here(
    settings: Settings, key_file: Path, tmp_path: Path
) -> None:
    port = free_port()
    address = f"http://localhost:{port}"
    how = Counterpart(PEOPLE, portal=address, pushed=True, signed=True)
    with oidc_provider(tmp_path, [key_file], how) as issuer:
        app = portal_for(settings, issuer, [key_file], address)
        with served(app, port), person() as here, person() as elsewhere:
            browsers = [Browser(app.test_client()) for _ in range(2)]
            for browser, beyond in zip(browsers, (here, elsewhere), strict=True):
                browser.client.get(through(beyond, browser.begin(), address))
                assert browser.client.get("/sager").status_code == 200
            sign_out_there(here, issuer)
            assert [one.client.get("/sager").status_code for one in browsers] == [303, 200]


def test_two_keys_of_ours_at_once(settings: Settings, key_file: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.pem"
    newer.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    both = [key_file, newer]
    how = Counterpart(PEOPLE, pushed=True, signed=True)
    with oidc_provider(tmp_path, both, how) as issuer, person() as beyond:
        for keys in ([key_file, newer], [newer, key_file], [newer]):  # before, in turn, after
            browser = Browser(portal_for(settings, issuer, keys).test_client())
            back = through(beyond, browser.begin(), "http://localhost")
            assert browser.client.get(back).status_code == 303


def test_a_key_that_the_provider_does_not_know_lets_nobody_in(
    settings: Settings, key_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    with oidc_provider(tmp_path, [key_file], Counterpart(PEOPLE)) as issuer, person() as beyond:
        browser = Browser(portal_for(settings, issuer, [other]).test_client())
        back = through(beyond, browser.begin(), "http://localhost")
        assert browser.client.get(back).status_code == 502


def test_a_new_key_of_the_provider_is_found_at_once(
    settings: Settings, key_file: Path, tmp_path: Path
) -> None:
    port = free_port()
    app: Flask | None = None
    for kid in ("first", "second"):
        how = Counterpart(PEOPLE, kid=kid, port=port)
        with oidc_provider(tmp_path, [key_file], how) as issuer, person() as beyond:
            app = app or portal_for(settings, issuer, [key_file])  # one process, both keys
            browser = Browser(app.test_client())
            back = through(beyond, browser.begin(), "http://localhost")
            assert browser.client.get(back).status_code == 303
