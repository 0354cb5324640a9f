"""Signing in once more, for what asks for more than a session."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import session

from portal import clock
from portal.identity.words import Loa
from portal.pages.step_up import (
    LEVEL,
    StepUpNeeded,
    fresh,
    lead_to_sign_in,
    level_of_session,
    needs,
)

if TYPE_CHECKING:
    from flask import Flask

    from tests.pages.conftest import Stage

LIMIT = timedelta(minutes=15)


def asked(app: Flask, at: int, **request: str) -> StepUpNeeded | None:
    """Why the request needs more, of somebody who signed in at that second; None where not."""
    with app.test_request_context(**(request or {"path": "/sager?side=2"})):
        session["signed_in_at"] = at
        try:
            fresh()
        except StepUpNeeded as needed:
            return needed
    return None


@pytest.mark.parametrize(
    ("ago", "enough"),
    [(0, True), (LIMIT.total_seconds(), True), (LIMIT.total_seconds() + 1, False), (-1, False)],
)
def test_a_sign_in_is_fresh_for_a_quarter_of_an_hour(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, ago: float, *, enough: bool
) -> None:
    now = clock.now().replace(microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert (asked(stage.app, int(now.timestamp() - ago)) is None) is enough


def test_nobody_is_fresh_who_has_not_signed_in(stage: Stage) -> None:
    with stage.app.test_request_context("/sager"), pytest.raises(StepUpNeeded):
        fresh()


def test_the_level_is_that_of_this_session(stage: Stage) -> None:
    with stage.app.test_request_context("/sager"):
        assert level_of_session() is Loa.SUBSTANTIAL
        needs(Loa.SUBSTANTIAL)
        with pytest.raises(StepUpNeeded, match="niveau"):
            needs(Loa.HIGH)
        session[LEVEL] = "HIGH"
        needs(Loa.HIGH)


@pytest.mark.parametrize(
    ("path", "method", "back", "onward"),
    [
        ("/sager?side=2", "GET", None, "/sager?side=2"),
        ("/sager?side=2", "POST", None, "/sager"),  # what was sent is not in an address
        ("/x", "POST", "/sager", "/sager"),
    ],
)
def test_the_way_leads_to_sign_in_and_back(
    stage: Stage, path: str, method: str, back: str | None, onward: str
) -> None:
    with stage.app.test_request_context(path, method=method):
        answer = lead_to_sign_in(StepUpNeeded("frisk", back))
    assert answer.status_code == 303
    split = urlsplit(str(answer.location))
    assert split.path == "/log-ind"
    assert parse_qs(split.query) == {"next": [onward], "igen": ["frisk"]}


def test_staff_are_led_to_their_own_door(stage: Stage) -> None:
    with stage.app.test_request_context("/medarbejder"):
        assert "/medarbejder/log-ind?" in str(lead_to_sign_in(StepUpNeeded("frisk", None)).location)


@pytest.mark.parametrize(("why", "title"), [
    ("frisk", "Log ind igen for at fortsætte"),
    ("niveau", "Log ind med et højere sikringsniveau"),
])  # fmt: skip
def test_who_is_in_is_told_why_to_sign_in_again(stage: Stage, why: str, title: str) -> None:
    client = stage.signed_in("maja")
    page = client.get("/log-ind", query_string={"next": "/sager", "igen": why})
    assert page.status_code == 200
    assert title in page.text
    assert f'name="igen" value="{why}"' in page.text
    staff = stage.signed_in("kvalitet").get("/medarbejder/log-ind", query_string={"igen": why})
    assert title in staff.text


def test_a_made_up_reason_is_none(stage: Stage) -> None:
    staff = stage.signed_in("kvalitet").get("/medarbejder/log-ind?igen=x")
    assert staff.status_code == 303
