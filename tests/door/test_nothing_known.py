"""What the door sees and says of whoever comes: nothing."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults

import pytest
from gunicorn.config import Config

from portal.answers.words import ClosedCohort
from portal.door import pages, serving
from portal.door.stripping import stripped
from tests.door.conftest import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from tests.door.conftest import Log, Stage

TELLING = {
    "REMOTE_ADDR": "192.0.2.7",
    "REMOTE_PORT": "61234",
    "REMOTE_USER": "amalie",
    "RAW_URI": "/?x",
    "REQUEST_URI": "/?x",
    "HTTP_COOKIE": "__Host-indblik=hemmelig; visning=en",
    "HTTP_REFERER": "https://indblik.example/sager/1",
    "HTTP_ORIGIN": "https://indblik.example",
    "HTTP_USER_AGENT": "Mozilla/5.0 (Sjælden)",
    "HTTP_X_FORWARDED_FOR": "192.0.2.8",
    "HTTP_X_REAL_IP": "192.0.2.9",
    "HTTP_FORWARDED": "for=192.0.2.10",
    "HTTP_ACCEPT_LANGUAGE": "en-GB,fo",
    "HTTP_AUTHORIZATION": "Basic eA==",
    "HTTP_IF_NONE_MATCH": '"tag"',
    "HTTP_DNT": "1",
    "HTTP_SEC_CH_UA": "rare",
    "HTTP_X_WHATEVER_COMES_NEXT": "x",
    "gunicorn.socket": "x",
}


def seen_by_the_app(environ: dict[str, Any]) -> WSGIEnvironment:
    seen: WSGIEnvironment = {}

    def app(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        seen.update(environ)
        return []

    setup_testing_defaults(environ)
    stripped(app)(environ, lambda *_: print)
    return seen


def test_nothing_that_tells_reaches_the_app() -> None:
    seen = seen_by_the_app(dict(TELLING))
    assert not seen.keys() & TELLING.keys()
    assert {"REQUEST_METHOD", "PATH_INFO", "HTTP_HOST", "wsgi.input"} <= seen.keys()
    assert all(name.startswith("wsgi.") or name.isupper() for name in seen)


@pytest.mark.parametrize("path", ["/", "/tak", "/findes-ikke", "/static/x.css"])
def test_a_page_is_the_same_for_everybody(stage: Stage, path: str) -> None:
    client = stage.app.test_client()
    plain = client.get(path)
    told = client.get(path, environ_overrides=TELLING)
    nonce = re.compile(r'nonce="[\w-]+"')
    assert nonce.sub("", plain.text) == nonce.sub("", told.text)
    assert "Set-Cookie" not in told.headers
    assert "Vary" not in told.headers or "Cookie" not in told.headers["Vary"]


def test_nothing_is_logged_of_a_whole_way(
    stage: Stage, log: Log, capfd: pytest.CaptureFixture[str]
) -> None:
    reader = stage.begins()
    reader.client.environ_base.update(TELLING)
    reader.goes("6")
    reader.goes("tjek", could_be_better_text="Ring til mig på 12345678.", could_be_better=["time"])
    assert reader.goes("send").status_code == 303
    reader.client.get("/tak")
    reader.client.get("/findes-ikke?cpr=1")
    out, err = capfd.readouterr()
    assert log.text + out + err == ""


def test_a_failure_is_logged_without_what_was_sent(
    stage: Stage, log: Log, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    reader = stage.begins()
    reader.client.environ_base.update(TELLING)
    reader.goes("6")
    reader.goes("tjek", could_be_better_text="Ring til mig på 12345678.", skjul="")
    fields = dict(fields_of(reader.page.text))

    def fails(*_args: object) -> None:
        raise RuntimeError(fields)

    monkeypatch.setattr(pages, "redeem", fails)
    assert reader.goes("send").status_code == 500
    out, err = capfd.readouterr()
    everything = log.text + out + err
    assert "RuntimeError" in everything
    sent = [one for one in (*fields.values(), *TELLING.values(), "12345678") if len(one) > 2]
    assert not [value for value in sent if value in everything]
    assert not re.search(r"\d\d:\d\d", everything)


def test_a_refusal_is_not_logged_at_all(
    stage: Stage, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_args: object) -> None:
        raise ClosedCohort

    reader = stage.begins()
    reader.goes("1", trust="high")
    reader.goes("tjek")
    monkeypatch.setattr(pages, "redeem", closed)
    reader.goes("send", trust="high")
    assert log.text == ""


# --- The server around the app.


def gunicorn_log() -> tuple[serving.Silent, io.StringIO]:
    config = Config()
    config.set("accesslog", "-")  # as a thoughtless configuration would have it
    written = io.StringIO()
    made = serving.Silent(config)
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(message)s"))
    made.error_log.addHandler(handler)
    return made, written


def test_the_server_writes_no_line_for_a_request(capfd: pytest.CaptureFixture[str]) -> None:
    made, written = gunicorn_log()
    made.access(None, None, dict(TELLING), None)
    assert made.atoms(None, None, dict(TELLING), None) == {}
    made.access_log.info("192.0.2.7 GET /")
    made.warning("Invalid request from ip=192.0.2.7: x")
    made.exception("Error handling request %s %s", "POST", "/svar?x")
    out, err = capfd.readouterr()
    assert "192.0.2.7" not in out + err + written.getvalue()
    assert "/svar" not in out + err + written.getvalue()


def test_the_server_says_that_it_cannot_start() -> None:
    made, written = gunicorn_log()
    made.error("Worker failed to boot.")
    assert "Worker failed to boot." in written.getvalue()


def test_the_server_is_set_up_as_it_must_be() -> None:
    config = Config()
    for name in ("wsgi_app", "logger_class", "accesslog", "loglevel", "worker_class", "threads",
                 "preload_app", "graceful_timeout"):  # fmt: skip
        config.set(name, getattr(serving, name))
    assert config.accesslog is None
    assert config.logger_class is serving.Silent
