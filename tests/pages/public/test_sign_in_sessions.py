"""A session begins anew at sign-in, lasts as long as it may, and ends for good."""

from __future__ import annotations

from contextvars import Context
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask import Response, session
from flask_login import encode_cookie

from portal import clock
from portal.pages import sessions
from tests.pages.public.conftest import ANNA, Browser

if TYPE_CHECKING:
    from flask import Flask

SOMEWHERE = "/ord"


def is_in(browser: Browser) -> bool:
    return ANNA.name in browser.client.get(SOMEWHERE).text


def test_signing_in_gives_a_new_id_and_kills_the_old(browser: Browser, other: Browser) -> None:
    browser.client.get("/log-ind")
    before = browser.cookie()
    browser.sign_in()
    assert is_in(browser)
    assert browser.cookie() != before
    other.client.set_cookie("indblik", before)
    assert not is_in(other)


def test_an_id_that_somebody_made_up_is_not_taken(browser: Browser, other: Browser) -> None:
    browser.client.set_cookie("indblik", "planted")
    browser.sign_in()
    assert browser.cookie() != "planted"
    other.client.set_cookie("indblik", "planted")
    assert not is_in(other)


def test_a_copied_cookie_is_worth_nothing_after_sign_out(browser: Browser, other: Browser) -> None:
    browser.sign_in()
    other.client.set_cookie("indblik", browser.cookie())
    assert is_in(other)
    browser.sign_out()
    assert not is_in(other)


def test_two_browsers_stay_two_people(browser: Browser, other: Browser) -> None:
    browser.sign_in()
    assert not is_in(other)
    other.sign_in(person="2")
    assert not is_in(other)
    assert is_in(browser)


def test_a_slow_request_does_not_bring_an_ended_session_back(
    portal: Flask, browser: Browser, other: Browser
) -> None:
    browser.sign_in()
    old = browser.cookie()
    with portal.test_request_context(SOMEWHERE, headers={"Cookie": f"indblik={old}"}):
        session["slow"] = True
        Context().run(browser.sign_out)  # as another request, which shares nothing with this one
        portal.session_interface.save_session(portal, session, Response())
    other.client.set_cookie("indblik", old)
    assert not is_in(other)


def test_a_session_ends_after_eight_hours(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    browser.sign_in()
    while now < began + sessions.ABSOLUTE - timedelta(minutes=20):  # always at work
        now += timedelta(minutes=20)
        assert is_in(browser)
    now = began + sessions.ABSOLUTE - timedelta(seconds=1)
    assert is_in(browser)
    old = browser.cookie()
    now = began + sessions.ABSOLUTE
    assert not is_in(browser)
    now = began
    browser.client.set_cookie("indblik", old)
    assert not is_in(browser)


def test_a_session_that_nobody_uses_ends(
    portal: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert portal.permanent_session_lifetime == sessions.IDLE
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    browser.sign_in()
    for _ in range(3):  # used, it lasts
        now += sessions.IDLE - timedelta(seconds=1)
        assert is_in(browser)
    now += sessions.IDLE
    assert not is_in(browser)


def test_a_clock_that_was_far_ahead_leaves_nobody_in(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    browser.sign_in()
    now -= timedelta(minutes=5)  # as two machines may differ
    assert is_in(browser)
    now -= timedelta(hours=1)
    assert not is_in(browser)


def test_a_session_without_its_beginning_is_none(portal: Flask, browser: Browser) -> None:
    browser.sign_in()
    with portal.test_request_context(SOMEWHERE, headers={"Cookie": f"indblik={browser.cookie()}"}):
        del session[sessions.SIGNED_IN_AT]
        portal.session_interface.save_session(portal, session, Response())
    assert not is_in(browser)


def test_no_other_cookie_signs_anybody_in(portal: Flask, browser: Browser, other: Browser) -> None:
    """Not even one that is signed with the portal's own secret."""
    browser.sign_in()
    with browser.client.session_transaction() as known:
        user_id = known["_user_id"]
    with portal.app_context():
        other.client.set_cookie("remember_token", encode_cookie(user_id))
    assert not is_in(other)


@pytest.mark.parametrize("user_id", ["citizen:", "citizen:x", "admin:1", "", "x"])
def test_a_user_that_cannot_be_is_nobody(portal: Flask, browser: Browser, user_id: str) -> None:
    browser.sign_in()
    with portal.test_request_context(SOMEWHERE, headers={"Cookie": f"indblik={browser.cookie()}"}):
        session["_user_id"] = user_id
        portal.session_interface.save_session(portal, session, Response())
    assert not is_in(browser)


def test_the_cookie_is_for_the_server_alone(browser: Browser) -> None:
    answer = browser.client.get("/log-ind")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
