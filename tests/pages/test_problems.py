"""Telling of a problem with a page: by anybody, without script; and the answer of staff."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.problems import rules
from portal.problems.actions import expire, report
from portal.problems.queries import inbox
from portal.problems.rules import bare
from portal.problems.words import Met
from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from portal.problems.words import Report
    from tests.pages.conftest import Stage

FORM = "/tilgaengelighed/problem"
TEXT = "Knappen kan ikke nås med tastaturet."
KEY = "3f1e8c52-5a51-4a0e-9d59-0c7e6d1b9a11"


def told(client: FlaskClient, **fields: str) -> TestResponse:
    token = token_in(client.get(FORM).text)
    return client.post(FORM, data={"csrf_token": token, "text": TEXT, **fields})


def waiting(stage: Stage) -> list[Report]:
    with Session(stage.engine) as session:
        return inbox(session, stage.app.extensions["vault"], waiting=True)


def test_anybody_may_tell_and_read_the_answer(own_stage: Stage) -> None:
    nobody = own_stage.nobody()
    answer = told(nobody, page="/ord", state="terms", view="en", means="NVDA")
    assert answer.status_code == 303
    receipt = answer.headers["Location"]
    assert "Tak" in nobody.get(receipt).text
    (one,) = waiting(own_stage)
    assert (one.page, one.state, one.view, one.text, one.means) == (
        "/ord", "terms", "en", TEXT, "NVDA",
    )  # fmt: skip

    staff = own_stage.signed_in("tekst")
    assert "/ord" in staff.get("/medarbejder/problemer").text
    path = f"/medarbejder/problemer/{one.id}"
    page = staff.get(path)
    assert TEXT in page.text
    fields = {"csrf_token": token_in(page.text), "status": "handled", "text": "Den er rettet nu."}
    with own_stage.audited() as lines:
        done = staff.post(path, data=fields)
    assert done.status_code == 303
    assert [(line.act, line.why) for line in lines] == [("problem.answered", "handled")]
    assert waiting(own_stage) == []
    seen = own_stage.nobody().get(receipt).text
    assert "Den er rettet nu." in seen
    assert TEXT not in seen


def test_the_form_knows_where_it_was_asked_for(stage: Stage) -> None:
    page = stage.nobody().get(f"{FORM}?fra=/sager/{KEY}%3Fside=2&tilstand=case-queue&sprog=en").text
    assert 'value="/sager/…"' in page
    assert 'name="state" value="case-queue"' in page
    assert re.search(r'<option value="en" selected', page)


def test_every_page_leads_to_the_form_and_names_itself_without_its_case(stage: Stage) -> None:
    page = stage.signed_in("amalie").get(f"/sager/{stage.cases['26-10101']}").text
    found = re.search(r'href="(/tilgaengelighed/problem[^"]*)"', page)
    assert found is not None
    address = html.unescape(found[1])
    assert str(stage.cases["26-10101"]) not in address
    assert 'value="/sager/…"' in stage.nobody().get(address).text
    missing = stage.nobody().get("/findes-ikke").text
    assert 'href="/tilgaengelighed/problem?sprog=da"' in missing


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": "  "}, "Skriv, hvad problemet er"),
        ({"text": "x" * 2001}, "Teksten er for lang"),
        ({"text": "a\u202eb"}, "Teksten har tegn i sig"),
        ({"means": "x" * 201}, "Svaret er for langt"),
        ({"page": "x" * 201}, "Adressen er for lang"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    own_stage: Stage, fields: dict[str, str], error: str
) -> None:
    answer = told(own_stage.nobody(), **{"means": "lup", **fields})
    assert answer.status_code == 422
    assert error in answer.text
    assert waiting(own_stage) == []


def test_nothing_of_whoever_has_signed_in_is_kept(own_stage: Stage) -> None:
    with own_stage.audited() as lines:
        assert told(own_stage.signed_in("amalie")).status_code == 303
    assert lines == []


def test_an_unknown_view_is_danish_and_a_wrong_state_is_refused(own_stage: Stage) -> None:
    assert told(own_stage.nobody(), view="xx").status_code == 303
    assert [one.view for one in waiting(own_stage)] == ["da"]
    assert told(own_stage.nobody(), state="<b>").status_code == 422


def test_no_more_are_taken_than_can_be_read(
    own_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.problems.actions.MOST_WAITING", 1)
    assert told(own_stage.nobody()).status_code == 303
    answer = told(own_stage.nobody())
    assert answer.status_code == 503
    assert TEXT in answer.text
    assert len(waiting(own_stage)) == 1


def test_an_answer_needs_a_status_and_a_text(own_stage: Stage) -> None:
    told(own_stage.nobody())
    (one,) = waiting(own_stage)
    staff = own_stage.signed_in("tekst")
    path = f"/medarbejder/problemer/{one.id}"
    token = token_in(staff.get(path).text)
    answer = staff.post(path, data={"csrf_token": token, "status": "new", "text": ""})
    assert answer.status_code == 422
    assert "Vælg en status" in answer.text
    assert "Skriv et svar" in answer.text
    gone = staff.post(
        f"/medarbejder/problemer/{KEY}",
        data={"csrf_token": token, "status": "answered", "text": "Ja"},
    )
    assert gone.status_code == 404


def test_a_report_goes_after_a_year(own_stage: Stage) -> None:
    now = clock.now()
    with Session(own_stage.engine.execution_options(writes=True)) as session:
        vault = own_stage.app.extensions["vault"]
        for ago in (timedelta(), rules.KEPT - timedelta(seconds=1), rules.KEPT):
            report(session, vault, Met("/", "", "da", "x", ""), now - ago)
        assert expire(session, now) == 1
        assert expire(session, now) == 0
        session.commit()
    assert len(waiting(own_stage)) == 2


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        (f"/sager/{KEY}/udskrift?x=1", "/sager/…/udskrift"),
        ("/medarbejder/frigivelse/da505db5cef80c833e6e756a25002e31", "/medarbejder/frigivelse/…"),
        ("Min sag 6102890102", "Min sag …"),
        ("Min sag 610289-0102 nu", "Min sag … nu"),
        ("/tal/2026", "/tal/2026"),
        (" /ord ", "/ord"),
    ],
)
def test_a_page_is_kept_without_what_leads_to_somebody(page: str, kept: str) -> None:
    assert bare(page) == kept
