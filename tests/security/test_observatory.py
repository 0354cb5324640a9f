"""Every class of response has the full score of Mozilla's published rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from redis.exceptions import RedisError
from sqlalchemy.exc import OperationalError
from werkzeug.test import Client

from portal.headers import STATIC_POLICY, STRICT_TRANSPORT
from tests.pages.access_table import CASE, CITIZENS, PAGES, STAFF
from tests.security.conftest import HOST
from tests.security.observatory import Answered, answered, scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.door.tickets import Issuer
    from tests.pages.access_table import Row
    from tests.pages.conftest import Stage

FOREIGN = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
WHOLE_DOWN = (OperationalError("x", {}, Exception("x")), RedisError("x"), ValueError("x"))


def look(
    client: Client,
    path: str,
    method: str = "GET",
    *,
    name: str = "",
    **more: Any,  # noqa: ANN401 - passed on
) -> Answered:
    """A response over HTTPS, and what a page of another origin would be told."""
    response = client.open(path, method=method, base_url=HOST, **more)
    preflight = client.open(path, method="OPTIONS", base_url=HOST, headers=FOREIGN)
    return answered(name or f"{method} {path} {response.status_code}", response, preflight)


def faults(answers: list[Answered]) -> dict[str, list[str]]:
    verdicts = {verdict.name: list(verdict.faults()) for verdict in scored(answers)}
    return {name: found for name, found in verdicts.items() if found}


def statuses(answers: list[Answered]) -> set[int]:
    return {one.status for one in answers}


# --- The portal.


def entitled(row: Row) -> str | None:
    """Somebody whom a page is for."""
    if row.who == "anyone":
        return None
    known = {"part": "yusuf", "citizen": CITIZENS[0]}
    return known.get(row.who) or next(who for who, groups in STAFF.items() if row.who in groups)


def every_page(stage: Stage) -> Iterator[Answered]:
    """Each route, as nobody sees it and as somebody whom it is for."""
    for endpoint, row in PAGES.items():
        key = stage.cases["26-10303"] if row.who == "part" else "0" * 32
        path = row.path.replace(CASE, str(key))
        for who in {None, entitled(row)}:
            client = stage.signed_in(who) if who else stage.nobody()
            yield look(client, path, row.method, name=f"{endpoint} {who}")


def test_every_page_of_the_portal(portal: Stage) -> None:
    seen = list(every_page(portal))
    assert faults(seen) == {}
    assert statuses(seen) >= {200, 301, 303, 400, 404}
    assert len(seen) > len(PAGES)


def test_every_other_class_of_response(portal: Stage) -> None:
    client = portal.nobody()
    asset = re.findall(r'"(/static/[^"]+)"', client.get("/", base_url=HOST).text)[0]
    kept = client.get(asset, base_url=HOST, buffered=True).headers["Last-Modified"]
    seen = [
        look(client, "/", headers={"Accept-Encoding": "gzip"}),
        look(client, "/?visning=en", name="a cookie"),
        look(client, "/", "HEAD"),
        look(client, "/", "OPTIONS"),
        look(client, "/findes-ikke"),
        look(client, "/log-ud"),
        look(client, "/log-ind", "POST", data={"x": "x" * 100_000}),
        look(client, "/", headers={"Host": "elsewhere.example"}, name="another host"),
        look(client, asset, buffered=True),
        look(client, asset, headers={"Range": "bytes=0-9"}, buffered=True, name="a part of a file"),
        look(client, asset, headers={"If-Modified-Since": kept}, name="an unchanged file"),
        look(client, "/static/findes-ikke.css"),
        look(portal.signed_in("amalie"), "/medarbejder"),
        look(portal.signed_in("jens"), f"/sager/{portal.cases['26-10404']}/kalender.ics"),
    ]
    assert statuses(seen) >= {200, 206, 304, 400, 403, 404, 405, 413}
    assert faults(seen) == {}


def test_what_machines_are_answered(portal: Stage) -> None:
    client = portal.nobody()
    seen = [
        look(client, "/api/v1/events", "POST"),
        look(client, "/api/v1/events", "PUT"),
        look(client, "/api/v1/events", "POST", data=b"x" * 5_000_000, name="too much"),
        look(client, "/hentsagsliste/v2.0.0", "POST"),
        look(client, "/api/v1/figures", headers={"Authorization": "Bearer x"}),
        look(client, "/api/v1/openapi.json"),
        look(client, "/api/findes-ikke"),
        look(client, "/health/live"),
        look(client, "/health/ready"),
    ]
    assert statuses(seen) >= {200, 401, 404, 405}
    assert faults(seen) == {}


@pytest.mark.parametrize("error", WHOLE_DOWN, ids=lambda error: type(error).__name__)
def test_what_fails(portal: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(**_values: object) -> str:
        raise error

    for endpoint in ("public.terms", "citizen.case", "staff.figures", "api.openapi", "health.live"):
        monkeypatch.setitem(portal.app.view_functions, endpoint, fail)
    case = portal.cases["26-10303"]
    seen = [
        look(portal.nobody(), "/ord"),
        look(portal.nobody(), "/ord?visning=en"),
        look(portal.signed_in("yusuf"), f"/sager/{case}"),
        look(portal.signed_in("kvalitet"), "/medarbejder/tal"),
        look(portal.nobody(), "/api/v1/openapi.json"),
        look(portal.nobody(), "/health/live"),
    ]
    assert statuses(seen) <= {500, 503}
    assert faults(seen) == {}


# --- The answer door.


def test_the_answer_door(door: tuple[Flask, Issuer], monkeypatch: pytest.MonkeyPatch) -> None:
    app, issuer = door
    client = Client(app)
    seen = [
        look(client, "/"),
        look(client, "/", "POST", data=issuer.ticket()),
        look(client, "/", "POST", data={"cohort": "x"}, name="a wrong ticket"),
        look(client, "/svar", "POST", data={"cohort": "x"}),
        look(client, "/findes-ikke"),
        look(client, "/svar", "PUT"),
        look(client, "/", "POST", data={"x": "x" * 2_000_000}),
        look(client, "/static/findes-ikke.css"),
    ]
    assert statuses(seen) >= {200, 400, 404, 413}
    ticket = issuer.ticket()
    issuer.file.unlink()
    down = look(client, "/", "POST", data=ticket, name="gone")
    assert down.status == 503
    assert faults([*seen, down]) == {}


# --- The simulator.


def test_the_simulator(simulator: Flask) -> None:
    """It speaks plain HTTP, to this machine alone: there is no transport that could be strict."""
    client = Client(simulator)
    paths = ("/authorize", "/jwks", "/.well-known/openid-configuration", "/userinfo", "/nothing")
    seen = [look(client, path) for path in (*paths, "/end-session")]
    assert statuses(seen) == {200, 400, 401, 404}
    strict = [("Strict-Transport-Security", STRICT_TRANSPORT)]
    plain = [replace(one, url=one.url.replace("https", "http")) for one in seen]
    assert faults([replace(one, headers=one.headers + strict) for one in plain]) == {}


# --- The gate itself.


SPOILT = [
    ("Content-Security-Policy", None),
    ("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'"),
    ("Content-Security-Policy", f"{STATIC_POLICY}; script-src https:"),
    ("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("Strict-Transport-Security", None),
    ("Strict-Transport-Security", "max-age=60"),
    ("X-Content-Type-Options", None),
    ("Referrer-Policy", "unsafe-url"),
    ("Referrer-Policy", None),
    ("Cross-Origin-Resource-Policy", None),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("Set-Cookie", "session=x; Path=/"),
    ("Set-Cookie", "session=x; Path=/; HttpOnly; Secure"),
    ("Set-Cookie", "session=x; Path=/; HttpOnly; SameSite=Lax"),
    ("Set-Cookie", "session=x; Path=/; Secure; SameSite=Lax"),
]


def test_a_spoilt_header_is_found(portal: Stage) -> None:
    good = look(portal.nobody(), "/log-ind")
    spoilt = [good.without(name) if value is None else good.but(name, value)
              for name, value in SPOILT]  # fmt: skip
    shared = [("Access-Control-Allow-Origin", "https://elsewhere.example"),
              ("Access-Control-Allow-Credentials", "true")]  # fmt: skip
    open_to_all = Answered("shared", good.url, 200, [*good.headers, *shared], shared, good.body)
    foreign = '<script src="https://elsewhere.example/x.js"></script>'
    script = Answered("script", good.url, 200, good.headers, good.preflight, foreign)
    told = scored([good, *spoilt, open_to_all, script])
    assert not list(told[0].faults())
    assert [verdict.name for verdict in told[1:] if not list(verdict.faults())] == []
