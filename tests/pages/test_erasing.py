"""Deleting at once what a person may delete alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.identity.models import Account, Person
from portal.panels.models import Volunteer
from portal.sign_ins.models import SignIn
from tests.pages.conftest import token_in
from tests.pages.test_requests import MINE, MORNING, NOW, asked, post, reply

if TYPE_CHECKING:
    from tests.pages.conftest import Stage


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NOW, lambda: MORNING)


def test_the_registration_goes_at_once(own_stage: Stage) -> None:
    client = own_stage.signed_in("amalie")
    page = client.get("/deltag").text
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version
    told = {"version": version[1], "agree": "yes", "kinds": "panel", "contact": "12345678"}
    client.post("/deltag", data={"csrf_token": token_in(page), **told})
    with own_stage.audited() as written:
        answer = post(client, f"{MINE}/slet", {"do": "now", "now": "panel"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{MINE}/slet?udfort=panel")
    assert [(one.act, one.why) for one in written] == [("erased", "panel")]
    assert "er slettet" in client.get(answer.headers["Location"]).text
    with Session(own_stage.engine) as session:
        assert session.scalars(select(Volunteer)).all() == []


def test_who_has_no_case_may_go_for_good(own_stage: Stage) -> None:
    client, account = own_stage.signed_in("noor"), UUID(own_stage.account("noor"))
    assert 'value="account"' in client.get(f"{MINE}/slet").text
    with own_stage.audited() as written:
        answer = post(client, f"{MINE}/slet", {"do": "now", "now": "account"})
    assert answer.status_code == 200
    assert [(one.act, one.why, one.account) for one in written] == [("erased", "account", account)]
    assert client.get(MINE).status_code == 303
    assert own_stage.signed_in("noor").get(MINE).status_code == 303
    with Session(own_stage.engine) as session:
        assert session.get(Account, account) is None
        assert session.get(Person, own_stage.persons["noor"]) is None
        assert session.get(Person, own_stage.persons["amalie"]) is not None


@pytest.mark.parametrize("person", ["amalie", "thi", "camilla"])
def test_who_has_a_part_in_a_case_may_not(own_stage: Stage, person: str) -> None:
    client = own_stage.signed_in(person)
    assert 'value="account"' not in client.get(f"{MINE}/slet").text
    with own_stage.audited() as written:
        answer = post(client, f"{MINE}/slet", {"do": "now", "now": "account"})
    assert answer.status_code == 422
    assert "mens du har en sag" in answer.text
    assert written == []
    assert client.get(MINE).status_code == 200


def test_who_waits_for_an_answer_may_not_go_and_what_was_asked_stays(own_stage: Stage) -> None:
    client, path = asked(own_stage, "noor")
    assert post(client, f"{MINE}/slet", {"do": "now", "now": "account"}).status_code == 422
    reply(own_stage, path)
    assert post(client, f"{MINE}/slet", {"do": "now", "now": "account"}).status_code == 200
    with Session(own_stage.engine) as session:
        assert session.get(Person, own_stage.persons["noor"]) is not None  # the request names it
        assert session.get(Account, UUID(own_stage.account("noor"))) is None


def test_other_sessions_end(own_stage: Stage) -> None:
    """One's own in another browser, and nobody else's."""
    began = {person: registered(own_stage, person) for person in ("amalie", "bjorn")}
    client = own_stage.signed_in("amalie")
    with own_stage.audited() as written:
        answer = post(client, f"{MINE}/slet", {"do": "now", "now": "sessions"})
    assert answer.headers["Location"] == f"{MINE}/slet?udfort=sessions"
    assert [(one.act, one.why) for one in written] == [("erased", "sessions")]
    assert client.get(MINE).status_code == 200  # this one goes on
    with Session(own_stage.engine) as session:
        ended = {
            person: session.get_one(SignIn, key).ended_at is not None
            for person, key in began.items()
        }
    assert ended == {"amalie": True, "bjorn": False}


def registered(stage: Stage, person: str) -> UUID:
    """A session of this person in another browser."""
    key = uuid4()
    with Session(stage.engine) as session:
        session.add(
            SignIn(
                id=key,
                kind="citizen",
                account_id=UUID(stage.account(person)),
                store_key=key.hex,
                issuer="i",
                subject="s",
                started_at=MORNING,
                device="x",
            )
        )
        session.commit()
    return key


def test_what_cannot_be_undone_asks_for_a_fresh_sign_in(own_stage: Stage) -> None:
    client = own_stage.signed_in("noor", ago=timedelta(minutes=16))
    answer = post(client, f"{MINE}/slet", {"do": "now", "now": "account"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/log-ind?")
    with Session(own_stage.engine) as session:
        assert session.get(Person, own_stage.persons["noor"]) is not None


def test_nothing_chosen_is_said(stage: Stage) -> None:
    for told in ({"do": "now"}, {"do": "now", "now": "everything"}):
        answer = post(stage.signed_in("amalie"), f"{MINE}/slet", dict(told))
        assert answer.status_code == 422
        assert answer.text.count("Vælg mindst en ting") == 2
    assert post(stage.signed_in("amalie"), f"{MINE}/slet", {"do": "x"}).status_code == 400
