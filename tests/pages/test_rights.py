"""What is held about a person: shown whole to that person, and to nobody else."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import record
from portal.audit.words import Act, Actor, Entry
from portal.cases.models import Case
from portal.i18n import STAFF_VIEWS, VIEWS, View, language
from tests import cast
from tests.pages.access_table import CITIZENS, PARTS
from tests.pages.tagged_pdf import faults, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.pages.conftest import Stage

PATH = "/dine-oplysninger"
OWN = {"complainant", "party"}


def taken(client: FlaskClient) -> dict[str, Any]:
    answer = client.get(f"{PATH}.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    told: dict[str, Any] = json.loads(answer.data)
    return told


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
@pytest.mark.parametrize("person", ["amalie", "thi", "rosa", "camilla", "kasper"])
def test_every_view_says_all_in_words(stage: Stage, person: str, view: str) -> None:
    shown = stage.signed_in(person).get(f"{PATH}?visning={view}").text
    assert not re.findall(r"(?:rights|requests)\.[a-z_.]+", shown)
    assert cast.citizens()[person].name in unescape(shown)


@pytest.mark.parametrize("person", CITIZENS)
def test_each_gets_the_own_cases_and_no_others(stage: Stage, person: str) -> None:
    told = taken(stage.signed_in(person))
    numbers = {case["subject"] for case in told["cases"]}
    acting = {one["number"] for one in told["acting_for_others"]}
    for number, parts in PARTS.items():
        role = parts.get(person)
        assert (number in numbers) == (role in OWN), number
        if role and role not in OWN:
            assert number in acting
        elif role is None:
            assert number not in acting


@pytest.mark.parametrize("person", CITIZENS)
def test_nobody_else_is_named_to_anybody(stage: Stage, person: str) -> None:
    """No name, key or CPR number of another person stands in the page or in the file."""
    client, me = stage.signed_in(person), cast.citizens()[person]
    shown = unescape(client.get(PATH).text)
    file = client.get(f"{PATH}.json").text
    for key, other in cast.citizens().items():
        if key == person:
            continue
        for told in (shown, file):
            assert other.name not in told or other.name == me.name, key
            assert str(stage.persons[key]) not in told, key
            assert str(stage.persons[key]).replace("-", "") not in told, key
            if key in stage.users:
                assert stage.account(key) not in told, key


@pytest.mark.parametrize("person", CITIZENS)
def test_no_cpr_number_is_shown_whole(stage: Stage, person: str) -> None:
    client = stage.signed_in(person)
    numbers = [one.cpr.replace("-", "") for one in cast.citizens().values()]
    for path in (PATH, f"{PATH}.json"):
        told = client.get(path).text.replace("-", "")
        assert not [number for number in numbers if number in told]
    assert taken(client)["person"]["cpr"] == f"{cast.citizens()[person].cpr[:6]}-••••"


@pytest.mark.parametrize(("person", "number"), [
    ("thi", "26-10303"), ("camilla", "26-11301"), ("helle", "26-11401"),
])  # fmt: skip
def test_who_acts_for_another_gets_nothing_of_the_others(
    stage: Stage, person: str, number: str, tmp_path: Path
) -> None:
    client = stage.signed_in(person)
    told = taken(client)
    assert str(stage.cases[number]) not in json.dumps(told)
    (acting,) = [one for one in told["acting_for_others"] if one["number"] == number]
    assert set(acting) == {"number", "role", "relation", "since", "until"}
    with Session(stage.engine) as session:
        state = session.scalars(select(Case.state).where(Case.id == stage.cases[number])).one()
    pdf = text_of(client.get(f"{PATH}.pdf").data, tmp_path / "a.pdf")
    for secret in (state["authority"], state["complained_of"]):
        if not any(secret in json.dumps(case) for case in told["cases"]):
            assert secret not in client.get(PATH).text
            assert secret not in pdf
            assert secret not in json.dumps(told)


def test_a_party_is_not_told_what_another_was_asked(stage: Stage) -> None:
    """Fatima complains, Jens is the other party: each sees that the other was asked, not what."""
    for person in ("fatima", "jens"):
        told = taken(stage.signed_in(person))
        (case,) = [one for one in told["cases"] if one["number"] == "26-10404"]
        added = [one for one in case["events"] if one["type"] == "party-added"]
        assert {bool(one["data"]) for one in added} == {True, False}
        assert all(one["more_withheld"] for one in added if not one["data"])


def test_the_page_and_the_files_are_fresh(stage: Stage) -> None:
    client = stage.signed_in("amalie")
    for ending in ("", ".json", ".pdf"):
        answer = client.get(PATH + ending)
        assert answer.headers["Cache-Control"] == "no-store", ending
    assert client.get(f"{PATH}.pdf").headers["Content-Disposition"] == (
        'attachment; filename="dine-oplysninger.pdf"'
    )


@pytest.mark.parametrize("ending", [".json", ".pdf"])
def test_a_file_asks_for_a_fresh_sign_in(stage: Stage, ending: str) -> None:
    client = stage.signed_in("amalie", ago=timedelta(minutes=16))
    with stage.audited() as written:
        answer = client.get(PATH + ending)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/log-ind?")
    assert written == []
    assert client.get(PATH).status_code == 200


@pytest.mark.parametrize(("view", "lang"), [("da", "da"), ("da-simple", "da"), ("en", "en")])
@pytest.mark.parametrize("person", ["amalie", "noor", "thi"])
def test_the_pdf_is_tagged_and_says_what_the_page_says(
    stage: Stage, person: str, view: str, lang: str, tmp_path: Path
) -> None:
    client = stage.signed_in(person)
    shown = client.get(f"{PATH}?visning={view}").text
    title = re.search("<h1>(.*)</h1>", shown)
    assert title
    pdf = client.get(f"{PATH}.pdf").data
    assert list(faults(pdf, tmp_path / "a.pdf", unescape(title[1]), lang)) == []
    told = text_of(pdf, tmp_path / "a.pdf").replace("- ", "").replace(" ", "")
    for heading in re.findall(r'<h[23] id="[^"]+">(.*)</h[23]>', shown):
        if 'id="contents"' not in heading:
            assert unescape(heading).replace("- ", "").replace(" ", "") in told or heading in shown
    assert cast.citizens()[person].name.replace(" ", "") in told


@pytest.mark.parametrize("view", [one for one in VIEWS.values() if one.key not in STAFF_VIEWS])
def test_the_pdf_is_there_in_every_view(stage: Stage, view: View, tmp_path: Path) -> None:
    client = stage.signed_in("amalie")
    title = stage.app.extensions["catalogs"][view.key].gettext("rights.data.title")
    pdf = client.get(f"{PATH}.pdf?visning={view.key}").data
    assert list(faults(pdf, tmp_path / "a.pdf", title, language(view))) == []


def test_own_looks_and_those_of_others_are_told_apart(stage: Stage) -> None:
    stage.signed_in("thi").get(f"/sager/{stage.cases['26-10303']}")
    stage.signed_in("yusuf").get(f"/sager/{stage.cases['26-10303']}")
    told = taken(stage.signed_in("yusuf"))
    (case,) = [one for one in told["cases"] if one["number"] == "26-10303"]
    actors = {(look["actor"], look["role"]) for look in case["looks"]}
    assert {("you", "complainant"), ("citizen", "representative")} <= actors


def test_what_the_page_costs(stage: Stage) -> None:
    """It does not grow with the number of cases."""
    costs = []
    for person in ("amalie", "yusuf", "fatima"):
        client = stage.signed_in(person)
        client.get(PATH)
        with stage.counted() as run:
            client.get(PATH)
        costs.append(len(run))
    assert set(costs) == {costs[0]}
    assert costs[0] <= 23


def test_an_act_without_words_is_told_without_its_name(own_stage: Stage) -> None:
    account = UUID(own_stage.account("amalie"))
    with own_stage.engine.begin() as connection:
        record(connection, Entry(clock.now(), Act.CODES_VIEWED, Actor.CITIZEN, account))
    client = own_stage.signed_in("amalie")
    assert "codes.viewed" not in client.get(PATH).text
    assert "Noget andet" in client.get(PATH).text
    assert "codes.viewed" in client.get(f"{PATH}.json").text


def test_somebody_elses_vain_attempt_is_no_look(own_stage: Stage) -> None:
    case = own_stage.cases["26-10101"]
    own_stage.signed_in("bjorn").get(f"/sager/{case}")
    told = taken(own_stage.signed_in("amalie"))
    (found,) = [one for one in told["cases"] if one["id"] == str(case)]
    assert found["looks"] == []
