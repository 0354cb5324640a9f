"""What people, and those who mean ill, send: each gets a clear answer, and nothing breaks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

NUL = "%00"
LONG = "x" * 100_000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/findes-ikke", 404),
        ("GET", f"/{NUL}", 404),
        ("GET", f"/sager/{NUL}", 404),
        ("GET", f"/{LONG}", 404),
        ("GET", f"/ord?x={LONG}", 200),
        ("GET", f"/ord?visning={LONG}", 200),
        ("GET", f"/ord?visning={NUL}&visning[]=1&%ff=%ff", 200),
        ("GET", "/ord?visning=tlh", 200),
        ("GET", "/log-ind?next=//evil.example", 200),
        ("GET", f"/log-ind?next=/{LONG}", 200),
        ("GET", f"/log-ind/retur?state={NUL}&code={NUL}", 400),
        ("GET", f"/log-ind/retur?state={LONG}", 400),
        ("GET", f"/sager?next={LONG}", 303),
        ("GET", f"/static/{NUL}", 404),
        ("GET", "/static/../pyproject.toml", 404),
        ("GET", "/static/", 404),
        ("GET", "/.git/config", 404),
        ("GET", "/sager/side.css", 404),
        ("GET", "/ord/side.css", 404),
        ("GET", "/ord?visning=en&visning=da", 200),
        ("GET", "/log-ind?next=/ord%0d%0aSet-Cookie:%20x=y", 200),
        ("GET", "/log-ud", 405),
        ("POST", "/sager", 405),
        ("DELETE", "/", 405),
        ("PUT", "/log-ind", 405),
        ("OPTIONS", "/sager", 303),
        ("TRACE", "/", 405),
        ("POST", "/findes-ikke", 404),
    ],
    ids=lambda value: str(value)[:40],
)
def test_odd_requests(stage: Stage, method: str, path: str, status: int) -> None:
    began = time.perf_counter()
    answer = stage.nobody().open(path, method=method)
    assert answer.status_code == status
    assert time.perf_counter() - began < 3


def test_a_body_that_is_too_large(stage: Stage) -> None:
    body = {"csrf_token": "x", "next": "y" * 70_000}
    for path in ("/log-ind", "/log-ud"):
        answer = stage.nobody().post(path, data=body)
        assert answer.status_code == 413
        assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "a b", "[", "127.0.0.1"]
)
def test_another_host_is_refused(stage: Stage, host: str) -> None:
    client = stage.nobody()
    for path in ("/", "/sager", "/nothing", "/log-ind"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
        assert "evil" not in str(answer.headers)


FORGED = ("", "x", "A" * 43, "A" * 100_000, "../../../etc/passwd", "a.b.c", "%00", "\x7f", "æøå",
          '{"_user_id": "citizen:1"}')  # fmt: skip


@pytest.mark.parametrize("value", FORGED, ids=lambda value: ascii(value)[:20])
def test_a_forged_session_is_nobodys(stage: Stage, value: str) -> None:
    client = stage.nobody()
    for name in ("indblik", "remember_token", "session"):
        answer = client.get("/sager", headers={"Cookie": f"{name}={value}"})
        assert answer.status_code == 303
        assert client.get("/", headers={"Cookie": f"{name}={value}"}).status_code == 200


@pytest.mark.parametrize("value", ["tlh", "../da", "x" * 5000, "%00", ""])
def test_a_forged_view_falls_back_to_danish(stage: Stage, value: str) -> None:
    answer = stage.nobody().get("/ord", headers={"Cookie": f"visning={value}"})
    assert '<html lang="da"' in answer.text


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
@pytest.mark.parametrize("token", [None, "", "x", "Ijk.ZZZ.aaa", "æ", "x" * 10_000])
def test_a_forged_form_token_changes_nothing(stage: Stage, token: str | None, view: str) -> None:
    client = stage.signed_in("amalie")
    data = {} if token is None else {"csrf_token": token}
    answer = client.post(f"/log-ud?visning={view}", data=data)
    assert answer.status_code == 400
    assert f'<html lang="{view}"' in answer.text
    assert client.get("/sager").status_code == 200


def test_anothers_form_token_changes_nothing(stage: Stage) -> None:
    theirs = token_in(stage.signed_in("sigrid").get("/sager").text)
    client = stage.signed_in("amalie")
    assert client.post("/log-ud", data={"csrf_token": theirs}).status_code == 400
    assert client.get("/sager").status_code == 200


def test_the_view_follows_the_reader(stage: Stage) -> None:
    client = stage.nobody()
    assert 'lang="en"' in client.get("/ord", headers={"Accept-Language": "en-GB,en"}).text
    assert '<html lang="da"' in client.get("/ord", headers={"Accept-Language": "kl, xx"}).text
    client.get("/ord?visning=da-simple")
    assert '<html lang="da-simple"' in client.get("/findes-ikke").text
