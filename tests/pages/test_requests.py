"""Asking for a correction or an erasure, deleting at once, and the answer of data protection."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.rights.models import RightsRequest
from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

MINE = "/dine-oplysninger"
INBOX = "/medarbejder/anmodninger"
NOW = "portal.clock.now"
MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECRET = "Der står, at jeg bor i Odense"
GOOD = {"about": "person", "text": SECRET}


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NOW, lambda: MORNING)


def post(client: FlaskClient, path: str, told: Mapping[str, object]) -> TestResponse:
    return client.post(path, data={"csrf_token": token_in(client.get(path).text), **told})


def asked(stage: Stage, person: str = "amalie") -> tuple[FlaskClient, str]:
    """Somebody who has asked, and the page of the request."""
    client = stage.signed_in(person)
    answer = post(client, f"{MINE}/ret", GOOD)
    assert answer.status_code == 303
    return client, answer.headers["Location"]


def kept(stage: Stage) -> list[RightsRequest]:
    with Session(stage.engine) as session:
        return list(session.scalars(select(RightsRequest)))


@pytest.mark.parametrize(("path", "act", "do"), [
    ("ret", "correction.asked", {}), ("slet", "erasure.asked", {"do": "ask"}),
])  # fmt: skip
def test_a_request_is_kept_sealed_and_told_back(
    own_stage: Stage, path: str, act: str, do: dict[str, object]
) -> None:
    client = own_stage.signed_in("amalie")
    with own_stage.audited() as written:
        answer = post(client, f"{MINE}/{path}", GOOD | do)
    assert answer.status_code == 303
    assert [(one.act, one.why) for one in written] == [(act, "person")]
    receipt = client.get(answer.headers["Location"]).text
    assert SECRET in receipt
    assert "23. december 2026" in receipt
    (row,) = kept(own_stage)
    assert (row.due, row.person_id) == (date(2026, 12, 23), own_stage.persons["amalie"])
    assert SECRET.encode() not in row.text_sealed
    assert SECRET in client.get(MINE).text
    assert SECRET in client.get(f"{MINE}.json").text


def test_the_own_cases_are_offered_and_no_others(stage: Stage) -> None:
    for person, own, others in (("amalie", "26-10101", "26-10201"), ("thi", None, "26-10303"),
                                ("camilla", None, "26-11301")):  # fmt: skip
        for path in ("ret", "slet"):
            shown = stage.signed_in(person).get(f"{MINE}/{path}").text
            assert str(stage.cases[others]) not in shown
            if own:
                assert f"case:{stage.cases[own]}" in shown


@pytest.mark.parametrize("person", ["thi", "camilla", "bjorn"])
def test_nobody_asks_about_the_case_of_another(stage: Stage, person: str) -> None:
    client = stage.signed_in(person)
    for case in (*stage.cases.values(), uuid4()):
        if f"case:{case}" not in client.get(f"{MINE}/ret").text:
            answer = post(client, f"{MINE}/ret", {"about": f"case:{case}", "text": "x"})
            assert answer.status_code == 422
    assert kept(stage) == []


def test_a_request_about_a_case_names_it(own_stage: Stage) -> None:
    client, case = own_stage.signed_in("amalie"), own_stage.cases["26-10101"]
    answer = post(client, f"{MINE}/ret", {"about": f"case:{case}", "text": "x"})
    assert "Sag " in client.get(answer.headers["Location"]).text
    assert [row.case_id for row in kept(own_stage)] == [case]


def test_nobody_else_reaches_a_request(own_stage: Stage) -> None:
    _, path = asked(own_stage)
    others = ("bjorn", "thi", "yusuf", "noor", "tekst", "databeskytter", "roleless")
    for person in others:
        answer = own_stage.signed_in(person).get(path)
        assert answer.status_code in {403, 404}, person
        assert SECRET not in answer.text
    assert own_stage.nobody().get(path).status_code == 303
    staff = f"{INBOX}/{path.rpartition('/')[2]}"
    for person in ("bjorn", "amalie", "tekst", "administrator", "kvalitet", "roleless"):
        for where in (INBOX, staff):
            answer = own_stage.signed_in(person).get(where)
            assert answer.status_code == 403
            assert SECRET not in answer.text


def test_somebody_elses_is_as_none_at_all(own_stage: Stage) -> None:
    _, path = asked(own_stage)
    client = own_stage.signed_in("bjorn")
    missing = path.rpartition("/")[0] + f"/{uuid4()}"
    with own_stage.audited() as written:
        answers = [client.get(one) for one in (path, missing)]
    assert {answer.status_code for answer in answers} == {404}
    assert [(one.act, one.why) for one in written] == [("page.refused", "not_found")] * 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"about": None}, "Vælg, hvad det handler om"),
        ({"about": "everything"}, "Vælg, hvad det handler om"),
        ({"about": "case:x"}, "Vælg, hvad det handler om"),
        ({"about": "case"}, "Vælg, hvad det handler om"),
        ({"text": ""}, "Skriv, hvad du beder om"),
        ({"text": " \r\n "}, "Skriv, hvad du beder om"),
        ({"text": "x" * 4001}, "Teksten er for lang"),
        ({"text": "a\x00b"}, "Teksten har et tegn"),
        ({"text": "a\u202eb"}, "Teksten har et tegn"),
    ],
    ids=lambda value: ascii(value)[:30],
)
@pytest.mark.parametrize("path", ["ret", "slet"])
def test_what_is_wrong_is_said_at_its_field(
    stage: Stage, path: str, change: dict[str, str | None], said: str
) -> None:
    told = {
        key: value for key, value in {**GOOD, "do": "ask", **change}.items() if value is not None
    }
    answer = post(stage.signed_in("amalie"), f"{MINE}/{path}", dict(told))
    assert answer.status_code == 422
    assert answer.text.count(said) == 2
    assert kept(stage) == []


def test_what_was_written_is_text_and_no_markup(own_stage: Stage) -> None:
    client = own_stage.signed_in("amalie")
    told = "<script>alert(1)</script> #set page() {{ 7*7 }} %(x)s עברית"
    answer = post(client, f"{MINE}/ret", {"about": "other", "text": told})
    for path in (answer.headers["Location"], MINE):
        shown = client.get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; #set page() {{ 7*7 }} %(x)s עברית" in shown
    assert client.get(f"{MINE}.pdf").status_code == 200


# --- The answer.


def reply(stage: Stage, path: str, **change: str) -> TestResponse:
    staff = stage.signed_in("databeskytter")
    where = f"{INBOX}/{path.rpartition('/')[2]}"
    page = staff.get(INBOX).text + staff.get("/medarbejder").text
    return staff.post(where, data={"csrf_token": token_in(page), "verdict": "refused",
                                   "text": "Nej, fordi", **change})  # fmt: skip


def test_the_answer_reaches_the_one_who_asked(own_stage: Stage) -> None:
    client, path = asked(own_stage)
    staff = own_stage.signed_in("databeskytter")
    with own_stage.audited() as written:
        listed = staff.get(INBOX).text
        shown = staff.get(f"{INBOX}/{path.rpartition('/')[2]}").text
    assert [one.act for one in written] == ["requests.viewed"] * 2
    assert path.rpartition("/")[2] in listed
    assert SECRET in shown
    assert "••••" in shown
    with own_stage.audited() as written:
        assert reply(own_stage, path).status_code == 303
    assert ("request.answered", "refused") in [(one.act, one.why) for one in written]
    told = client.get(path).text
    assert "Nej, fordi" in told
    assert "Datatilsynet" in told


def test_a_request_is_answered_once(own_stage: Stage) -> None:
    client, path = asked(own_stage)
    assert reply(own_stage, path).status_code == 303
    again = reply(own_stage, path, verdict="done", text="Jo, alligevel")
    assert again.status_code == 409
    assert "Nej, fordi" in again.text
    assert "Jo, alligevel" not in client.get(path).text


def test_an_answer_to_none_is_not_found(stage: Stage) -> None:
    assert reply(stage, f"x/{uuid4()}").status_code == 404


@pytest.mark.parametrize("change", [{"verdict": "x"}, {"verdict": ""}, {"text": " "},
                                    {"text": "x" * 4001}])  # fmt: skip
def test_an_answer_says_what_was_done_and_why(own_stage: Stage, change: dict[str, str]) -> None:
    _, path = asked(own_stage)
    assert reply(own_stage, path, **change).status_code == 422
    assert kept(own_stage)[0].answered_at is None


def test_only_data_protection_answers(own_stage: Stage) -> None:
    _, path = asked(own_stage)
    where = f"{INBOX}/{path.rpartition('/')[2]}"
    for person in ("tekst", "administrator", "amalie", "bjorn"):
        client = own_stage.signed_in(person)
        home = "/sager" if person in {"amalie", "bjorn"} else "/medarbejder"
        told = {"csrf_token": token_in(client.get(home).text), "verdict": "done", "text": "x"}
        assert client.post(where, data=told).status_code == 403
    assert kept(own_stage)[0].answered_at is None


def test_a_late_one_is_marked(own_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = asked(own_stage)
    seen = []
    for day in (23, 24):
        monkeypatch.setattr(NOW, lambda day=day: MORNING.replace(month=12, day=day))
        staff = own_stage.signed_in("databeskytter")
        shown = staff.get(INBOX).text + staff.get(f"{INBOX}/{path.rpartition('/')[2]}").text
        seen.append(shown.count("Fristen er overskredet"))
    assert seen == [0, 2]


def test_what_was_sealed_with_a_lost_key_hides_nothing_else(own_stage: Stage) -> None:
    client, path = asked(own_stage)
    with Session(own_stage.engine) as session:
        for row in session.scalars(select(RightsRequest)):
            row.text_sealed = b"\x01\x01x" + bytes(40)
        session.commit()
    assert "kan ikke vises lige nu" in client.get(path).text
    assert client.get(MINE).status_code == 200
    staff = own_stage.signed_in("databeskytter")
    assert staff.get(f"{INBOX}/{path.rpartition('/')[2]}").status_code == 200
