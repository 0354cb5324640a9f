"""Volunteering: for oneself, with consent, until a day, and ended by one click."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.keys.queries import vault_of
from portal.pages.citizen import panels as page
from portal.panels.models import Volunteer
from portal.panels.queries import registration_of
from portal.panels.words import Kind, Offer, Reach, Registration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

PATH = "/deltag"
LIST = "/medarbejder/deltagere"
NOW = "portal.clock.now"
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = date(2026, 11, 23)
GOOD: dict[str, object] = {
    "kinds": ["panel", "text_test"],
    "contact": "amalie@eksempel.dk",
    "called": "Amalie",
    "agree": "yes",
}


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NOW, lambda: MORNING)


def post(client: FlaskClient, told: Mapping[str, object], path: str = PATH) -> TestResponse:
    hidden = dict(re.findall(r'name="(csrf_token|version)" value="([^"]+)"', client.get(PATH).text))
    sent = {name: value for name, value in {**hidden, **told}.items() if value is not None}
    return client.post(path, data=sent)


def kept(stage: Stage, person: str, day: date = TODAY) -> Registration | None:
    vault = vault_of(stage.settings)
    with Session(stage.engine) as session:
        return registration_of(session, vault, stage.persons[person], day)


def everybody(stage: Stage) -> list[UUID]:
    with Session(stage.engine) as session:
        return list(session.scalars(select(Volunteer.person_id)))


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_what_it_means_is_said_before(stage: Stage, view: str) -> None:
    shown = stage.signed_in("amalie").get(f"{PATH}?visning={view}").text
    assert "23" in shown
    assert "2027" in shown
    assert shown.count('name="kinds"') == 3
    assert "checked" not in shown  # nothing is agreed to beforehand
    assert "framelding" not in shown


def test_the_list_of_cases_leads_there(stage: Stage) -> None:
    for person in ("amalie", "rosa"):  # who has cases, and who has none
        assert f'href="{PATH}"' in stage.signed_in(person).get("/sager").text


def test_a_citizen_volunteers_and_ends_it(own_stage: Stage) -> None:
    client = own_stage.signed_in("amalie")
    with own_stage.audited() as written:
        answer = post(client, GOOD)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PATH}?udfort=joined")
    assert [(one.act, one.actor, one.page, one.why, one.case) for one in written] == [
        ("volunteered", "citizen", "citizen.panels", "2026-1", None)
    ]
    offer = Offer((Kind.PANEL, Kind.TEXT_TEST), Reach.EMAIL, "amalie@eksempel.dk", "Amalie")
    last = date(2027, 11, 23)
    assert kept(own_stage, "amalie") == Registration(offer.kinds, "2026-1", TODAY, last, offer)
    shown = client.get(answer.headers["Location"]).text
    assert "Tak. Vi har gemt dit ja" in shown
    assert "23. november 2027" in shown
    assert "amalie@eksempel.dk" in shown
    with own_stage.audited() as written:
        left = post(client, {}, f"{PATH}/framelding")
    assert left.headers["Location"] == f"{PATH}?udfort=left"
    assert [one.act for one in written] == ["volunteered.no_more"]
    assert everybody(own_stage) == []
    shown = client.get(left.headers["Location"]).text
    assert "Dit ja er slettet" in shown
    assert "amalie@" not in shown


def test_ending_twice_is_as_good_as_once(own_stage: Stage) -> None:
    client = own_stage.signed_in("amalie")
    post(client, GOOD)
    with own_stage.audited() as written:
        answers = [post(client, {}, f"{PATH}/framelding") for _ in range(2)]
    assert {answer.status_code for answer in answers} == {303}
    assert len(written) == 1


def test_it_is_changed_by_agreeing_anew(own_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    client = own_stage.signed_in("amalie")
    post(client, GOOD)
    monkeypatch.setattr(NOW, lambda: MORNING.replace(day=30))
    client = own_stage.signed_in("amalie")  # the session of last week has ended
    shown = client.get(PATH).text
    assert 'value="amalie@eksempel.dk"' in shown
    assert post(client, GOOD | {"agree": None}).status_code == 422
    changed = GOOD | {"kinds": "interview", "contact": "12 34 56 78", "called": ""}
    assert post(client, changed).status_code == 303
    found = kept(own_stage, "amalie")
    assert found
    assert found.offer == Offer((Kind.INTERVIEW,), Reach.PHONE, "12345678", None)
    assert found.last_day == date(2027, 11, 30)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kinds": None}, "Vælg mindst en ting"),
        ({"kinds": "money"}, "Vælg mindst en ting"),
        ({"kinds": ["panel", "<script>"]}, "Vælg mindst en ting"),
        ({"contact": ""}, "Skriv din e-mail eller dit telefonnummer"),
        ({"contact": None}, "Skriv din e-mail eller dit telefonnummer"),
        ({"contact": "ring til mig"}, "Det ligner hverken en e-mail"),
        ({"contact": "a@b.dk\nBcc: x@y.dk"}, "Det ligner hverken en e-mail"),
        ({"contact": "a\x00@b.dk"}, "Det ligner hverken en e-mail"),
        ({"contact": "<script>alert(1)</script>@b.dk"}, "Det ligner hverken en e-mail"),
        ({"contact": "x" * 60_000}, "Det ligner hverken en e-mail"),
        ({"called": "x" * 81}, "Navnet er for langt"),
        ({"called": "A\x07"}, "Navnet har et tegn"),
        ({"called": "A\u202eB"}, "Navnet har et tegn"),
        ({"agree": None}, "Sæt kryds, hvis du siger ja"),
        ({"agree": ""}, "Sæt kryds, hvis du siger ja"),
        ({"version": "2025-1"}, "Teksten er ændret"),
        ({"version": None}, "Teksten er ændret"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_what_is_wrong_is_said_at_its_field(
    stage: Stage, change: dict[str, object], said: str
) -> None:
    answer = post(stage.signed_in("amalie"), GOOD | change)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2  # at the top, and at the field
    assert "<script>alert" not in answer.text
    assert everybody(stage) == []


def test_what_was_typed_stands_again(stage: Stage) -> None:
    told = GOOD | {"agree": None, "called": 'Am "alie" <b>'}
    shown = post(stage.signed_in("amalie"), told).text
    assert 'value="amalie@eksempel.dk"' in shown
    assert 'value="Am &#34;alie&#34; &lt;b&gt;"' in shown
    assert shown.count("checked") == 2


def test_too_much_is_refused(stage: Stage) -> None:
    answer = post(stage.signed_in("amalie"), GOOD | {"called": "x" * 100_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", [PATH, f"{PATH}/framelding"])
@pytest.mark.parametrize("token", [None, "", "x"])
def test_a_form_without_its_token_does_nothing(
    own_stage: Stage, path: str, token: str | None
) -> None:
    client = own_stage.signed_in("amalie")
    post(client, GOOD)
    before = kept(own_stage, "amalie")
    changed = GOOD | {"contact": "87654321", "csrf_token": token}
    assert post(client, changed, path).status_code == 400
    assert kept(own_stage, "amalie") == before


def test_a_representative_volunteers_for_nobody_else(own_stage: Stage) -> None:
    """Whatever else is sent along: it is about the person who has signed in."""
    others = {"person_id": str(own_stage.persons["yusuf"]), "person": "yusuf",
              "account_id": own_stage.account("yusuf")}  # fmt: skip
    assert post(own_stage.signed_in("thi"), GOOD | others).status_code == 303
    assert everybody(own_stage) == [own_stage.persons["thi"]]
    assert post(own_stage.signed_in("yusuf"), others, f"{PATH}/framelding").status_code == 303
    assert everybody(own_stage) == [own_stage.persons["thi"]]
    assert "amalie@eksempel.dk" not in own_stage.signed_in("yusuf").get(PATH).text


def test_nobody_volunteers_before_there_is_a_purpose(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "purposes", lambda: ())
    client = stage.signed_in("amalie")
    assert "Du kan ikke sige ja lige nu" in client.get(PATH).text
    assert post(client, GOOD | {"version": "2026-1"}).status_code == 422


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_those_who_invite_see_how_to_reach_somebody(own_stage: Stage, view: str) -> None:
    post(own_stage.signed_in("amalie"), GOOD | {"called": "<i>Amalie</i> עמליה"})
    call = GOOD | {"kinds": "text_test", "contact": "12345678", "called": ""}
    post(own_stage.signed_in("yusuf"), call)
    with own_stage.audited() as written:
        shown = own_stage.signed_in("inviterer").get(f"{LIST}?visning={view}").text
    assert [(one.act, one.page) for one in written] == [("volunteers.viewed", "staff.volunteers")]
    assert shown.count("<bdi>amalie@eksempel.dk</bdi>") == 2
    assert shown.count('href="tel:12345678"') == 1
    assert "<bdi>&lt;i&gt;Amalie&lt;/i&gt; עמליה</bdi>" in shown
    for number, found in own_stage.cases.items():
        assert number not in shown
        assert str(found) not in shown


def test_nobody_else_sees_them(own_stage: Stage) -> None:
    post(own_stage.signed_in("amalie"), GOOD)
    for person in ("kvalitet", "frigiver", "tekst", "roleless", "yusuf", "amalie"):
        answer = own_stage.signed_in(person).get(LIST)
        assert answer.status_code == 403
        assert "amalie@" not in answer.text


def test_the_day_after_the_last_it_is_over(
    own_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(own_stage.signed_in("amalie"), GOOD)
    seen = []
    for day in (23, 24):
        moment = MORNING.replace(year=2027, day=day)
        monkeypatch.setattr(NOW, lambda moment=moment: moment)
        own = own_stage.signed_in("amalie").get(PATH).text
        seen.append(("framelding" in own, "amalie@" in
                     own_stage.signed_in("inviterer").get(LIST).text))  # fmt: skip
    assert seen == [(True, True), (False, False)]


def test_what_the_pages_cost(stage: Stage) -> None:
    client, inviter = stage.signed_in("amalie"), stage.signed_in("inviterer")
    for path, who, run in ((PATH, client, ["SELECT"] * 2),
                           (LIST, inviter, ["INSERT", "SELECT", "SELECT"])):  # fmt: skip
        who.get(path)
        with stage.counted() as ran:
            who.get(path)
        assert sorted(one.split()[0] for one in ran) == run
