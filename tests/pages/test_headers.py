"""The headers of every class of response."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from portal.app import create_app
from portal.headers import STRICT_TRANSPORT
from tests.pages.conftest import ISSUER

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage


def assets(client: FlaskClient) -> list[str]:
    return sorted(set(re.findall(r'"(/static/[^"]+)"', client.get("/").text)))


# The client itself looks at the fixed headers of every answer, see house_style.
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/was", 301),
        ("/sager", 303),
        ("/log-ind/retur", 400),
        ("/medarbejder", 303),
        ("/nothing", 404),
        ("/log-ud", 405),
        ("/static/nothing.css", 404),
        ("/health/live", 200),
    ],
)
def test_nothing_personal_is_stored(stage: Stage, path: str, status: int) -> None:
    answer = stage.nobody().get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")


def test_a_download_is_not_stored_and_is_named(stage: Stage) -> None:
    answer = stage.signed_in("yusuf").get(f"/sager/{stage.cases['26-10301']}/kalender.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Content-Disposition"] == "attachment; filename=frister.ics"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "nonce" in answer.headers["Content-Security-Policy"]


def test_static_files_are_kept_for_good_and_do_nothing(stage: Stage) -> None:
    client = stage.nobody()
    for path in assets(client):
        answer = client.get(path, buffered=True)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=3153" in answer.headers["Cache-Control"]
        policy = "default-src 'none'; frame-ancestors 'none'"
        assert answer.headers["Content-Security-Policy"] == policy


def test_a_static_file_that_is_known_already(stage: Stage) -> None:
    client = stage.nobody()
    for path in assets(client):
        known = client.get(path, buffered=True).headers["Last-Modified"]
        answer = client.get(path, headers={"If-Modified-Since": known})
        assert (answer.status_code, answer.data) == (304, b"")


def secure(stage: Stage, redis_url: str) -> FlaskClient:
    client = replace(
        stage.settings.citizen, issuer=ISSUER.replace("http", "https"), preset="nets-eid-broker"
    )
    settings = replace(
        stage.settings, public_url="https://localhost", redis_url=redis_url, citizen=client,
        staff=client,
    )  # fmt: skip
    return create_app(settings).test_client()


def cookies(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


def test_cookies_on_https_are_bound_to_the_host(stage: Stage, redis_url: str) -> None:
    client = secure(stage, redis_url)
    answer = client.get("/log-ind?visning=en", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == STRICT_TRANSPORT
    session, view = sorted(cookies(answer))
    assert client.get("/ord", base_url="https://localhost").headers["Content-Language"] == "en"
    assert re.fullmatch(
        r"__Host-indblik=(?:[\w-]+\.)?[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", session
    )
    assert view.startswith("__Host-visning=en; ")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(view.split("; "))


def test_no_cookie_before_one_is_needed(stage: Stage) -> None:
    client = stage.nobody()
    for path in ("/", "/ord", "/cookies", "/tilgaengelighed", "/logget-ud", "/nothing"):
        assert cookies(client.get(path)) == []


def test_a_page_about_nobody_is_compressed(stage: Stage) -> None:
    answer = Client(stage.app).get("/ord", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    page = gzip.decompress(answer.data).decode()
    assert len(page) == len(stage.nobody().get("/ord").text)  # all but its nonce is the same
    assert page.endswith("</html>")
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_page_that_holds_something_secret_is_not(stage: Stage) -> None:
    ways = {"Accept-Encoding": "gzip"}
    with_form = stage.nobody().get("/log-ind", headers=ways)
    assert "csrf_token" in with_form.text
    for answer in (with_form, stage.signed_in("amalie").get("/sager", headers=ways)):
        assert "Content-Encoding" not in answer.headers
