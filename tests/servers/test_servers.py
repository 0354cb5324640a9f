"""The test bed itself: each server is real, and the walls stand."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from redis import Redis
from sqlalchemy import text

from portal.db import engine_for
from tests.servers.skips import unexpected
from tests.servers.walls import OutsideError, is_loopback

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.servers.checkers import Axe, NuHtml

BARRIER = "<!doctype html><html lang='da'><title>x</title><main><h1>x</h1><img src='x'></main>"


def test_a_database_is_fresh_and_answers(database_url: str) -> None:
    engine = engine_for(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE once (number INTEGER)"))
        assert connection.scalar(text("SELECT count(*) FROM once")) == 0
    engine.dispose()


def test_redis_starts_empty(redis_url: str) -> None:
    with Redis.from_url(redis_url) as connection:
        assert connection.dbsize() == 0
        connection.set("left", "behind")


test_redis_starts_empty_again = test_redis_starts_empty


def test_the_browser_runs_scripts(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<p id='p'></p><script>p.textContent = 6 * 7</script>")
    assert page.text_content("p") == "42"
    page.close()


def test_axe_finds_a_planted_barrier(browser: Browser, axe: Axe) -> None:
    page = browser.new_page()
    page.set_content(BARRIER)
    assert "image-alt: img" in axe(page)
    page.close()


def test_the_html_checker_finds_a_planted_error(nu_html: NuHtml) -> None:
    assert any("alt" in found for found in nu_html(BARRIER))
    assert nu_html("<!doctype html><html lang='da'><title>x</title><h1>x</h1></html>") == []


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "::ffff:192.0.2.1"])
def test_nobody_outside_is_reached(host: str) -> None:
    with pytest.raises(OutsideError):
        socket.create_connection((host, 80), timeout=1)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost", b"localhost", None])
def test_loopback_is_reached(host: object) -> None:
    assert is_loopback(host)


def test_a_skip_that_is_not_listed_is_named() -> None:
    assert unexpected(["no reason"]) == ["no reason"]
