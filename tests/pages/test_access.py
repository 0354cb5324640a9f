"""Route × person × object, by real requests; and what each leaves in the audit log."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from portal.pages.sessions import SIGNED_IN_AT
from tests.pages.access_table import (
    CASE,
    CITIZENS,
    GHOSTS,
    PAGES,
    PARTS,
    STAFF,
    Row,
    expected,
    noted,
)
from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage, Told

MISSING = UUID("00000000-0000-4000-8000-000000000000")
MALFORMED = ("1", "x", str(MISSING)[:-1], f"{MISSING}0", "26-10101", f"{{{MISSING}}}", "%00", "..")
CASE_PAGES = [name for name, row in PAGES.items() if row.who == "part" and row.method == "GET"]


def visitor(stage: Stage, person: str) -> FlaskClient:
    """The browser of this person, or of somebody who is nobody, whatever the cookie says."""
    ghosts: dict[str, Callable[[], FlaskClient]] = {
        "nobody": stage.nobody,
        "signed-out": lambda: _signed_out(stage),
        "past-the-limit": lambda: stage.signed_in("amalie", ago=timedelta(hours=8, minutes=1)),
        "without-a-moment": lambda: _altered(stage, SIGNED_IN_AT, None),
        "forged": lambda: _forged(stage),
        "unknown-account": lambda: _altered(stage, "_user_id", f"citizen:{uuid4()}"),
    }
    return ghosts[person]() if person in ghosts else stage.signed_in(person)


def _altered(stage: Stage, key: str, value: str | None) -> FlaskClient:
    """A browser whose session was good, but for one entry."""
    client = stage.signed_in("amalie")
    with client.session_transaction() as session:
        session[key] = value
        if value is None:
            del session[key]
    return client


def _forged(stage: Stage) -> FlaskClient:
    client = stage.nobody()
    client.set_cookie("indblik", "A" * 43)
    return client


def _signed_out(stage: Stage) -> FlaskClient:
    """A browser that still sends the cookie of a session that was ended."""
    client = stage.signed_in("amalie")
    kept = client.get_cookie("indblik")
    assert kept is not None
    token = token_in(client.get("/ord").text)
    assert client.post("/log-ud", data={"csrf_token": token}).status_code == 303
    client.set_cookie("indblik", kept.value)
    return client


def asked(stage: Stage) -> Iterator[tuple[str, Row, str | None, str]]:
    """Every page, with every case where it is about one: endpoint, row, case and address."""
    for endpoint, row in PAGES.items():
        for case in PARTS if row.who == "part" else (None,):
            key = stage.cases.get(case or "", MISSING)
            yield endpoint, row, case, row.path.format(case=key)


def test_every_route_has_a_row(stage: Stage) -> None:
    assert {rule.endpoint for rule in stage.app.url_map.iter_rules()} == set(PAGES)
    addresses = stage.app.url_map.bind("localhost")
    for endpoint, row in PAGES.items():
        path = row.path.replace(CASE, str(MISSING))
        assert addresses.match(path, method=row.method)[0] == endpoint


@pytest.mark.parametrize("person", [*GHOSTS, *STAFF, *CITIZENS])
def test_each_person_sees_what_is_theirs(stage: Stage, person: str) -> None:
    client, wrong = visitor(stage, person), []
    for endpoint, row, case, path in asked(stage):
        with stage.audited() as written:
            answer = client.open(path, method=row.method)
        told = _lines(written)
        line = noted(person, endpoint, row, case)
        if answer.status_code != expected(person, row, case) or told != ([line] if line else []):
            wrong.append((endpoint, case, answer.status_code, told))
    assert wrong == []


@pytest.mark.parametrize("person", ["nobody", "roleless", "amalie"])
def test_asking_for_the_head_alone_is_no_way_around(stage: Stage, person: str) -> None:
    client = visitor(stage, person)
    for endpoint, row, case, path in asked(stage):
        if row.method == "GET" and case in {None, "26-10101", "26-11301"}:
            with stage.audited() as written:
                answer = client.head(path)
            line = noted(person, endpoint, row, case)
            assert answer.status_code == expected(person, row, case)
            assert _lines(written) == ([line] if line else [])


def _lines(written: list[Told]) -> list[tuple[str, str, str]]:
    return [(line.act, line.actor, line.why or "") for line in written]


@pytest.mark.parametrize("person", ["nobody", "tekst", "amalie", "thi"])
def test_a_malformed_key_is_no_address(stage: Stage, person: str) -> None:
    client = visitor(stage, person)
    for endpoint in CASE_PAGES:
        for key in MALFORMED:
            with stage.audited() as written:
                answer = client.get(PAGES[endpoint].path.format(case=key))
            assert (answer.status_code, written) == (404, []), (endpoint, key)


def _bare(answer: TestResponse, key: UUID) -> str:
    """An answer without what differs from one request to the next: address, nonce, reference."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    whole = f"{answer.status}\n{headers}\n\n{answer.text}".replace(str(key), "KEY")
    for differing in (
        r"nonce[-=]\"?[\w-]{22}",
        r"\b[0-9a-f]{12}\b",
        r'name="csrf_token" value="[^"]+"',
    ):
        whole = re.sub(differing, "", whole)
    return whole


@pytest.mark.parametrize("endpoint", CASE_PAGES)
@pytest.mark.parametrize("person", ["thi", "palle", "camilla"])
def test_foreign_equals_missing(stage: Stage, person: str, endpoint: str) -> None:
    client, answers = stage.signed_in(person), []
    client.get("/sager")  # the first page of a session brings a form token
    hidden = [number for number, parts in PARTS.items() if person not in parts]
    for number in hidden:
        key = stage.cases.get(number, MISSING)
        with stage.audited() as written, stage.counted() as run:
            answer = client.get(PAGES[endpoint].path.format(case=key))
        assert [(line.case, line.page) for line in written] == [(key, endpoint)]
        answers.append((_bare(answer, key), run))
    assert len(answers) > 5
    for bare, run in answers:
        assert (bare, run) == answers[0]


@pytest.mark.parametrize(
    ("number", "person"), [(n, p) for n, parts in PARTS.items() for p in parts]
)
def test_a_view_is_noted_with_account_role_case_and_page(
    stage: Stage, number: str, person: str
) -> None:
    client = stage.signed_in(person)
    for endpoint in CASE_PAGES:
        with stage.audited() as written:
            client.get(PAGES[endpoint].path.format(case=stage.cases[number]))
        (line,) = written
        assert (line.act, line.actor, line.page) == ("case.viewed", "citizen", endpoint)
        assert (str(line.account), line.case) == (stage.account(person), stage.cases[number])
        assert line.role == PARTS[number][person]


@pytest.mark.parametrize("endpoint", CASE_PAGES)
def test_a_view_is_noted_though_the_page_fails(
    stage: Stage, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_values: object) -> None:
        raise RuntimeError

    for name in ("page_of", "named", "views_of"):
        monkeypatch.setattr(f"portal.pages.citizen.cases.{name}", fail)
    path = PAGES[endpoint].path.format(case=stage.cases["26-10101"])
    with stage.audited() as written:
        assert stage.signed_in("amalie").get(path).status_code == 500
    assert _lines(written) == [("case.viewed", "citizen", "")]


def test_a_view_by_staff_is_noted_with_the_account(stage: Stage) -> None:
    with stage.audited() as written:
        stage.signed_in("tekst").get("/medarbejder/koder")
    (line,) = written
    assert (line.act, line.page) == ("codes.viewed", "staff.codes")
    assert str(line.account) == stage.account("tekst")


def test_somebody_without_a_session_is_led_to_their_own_door(stage: Stage) -> None:
    client = stage.nobody()
    path = f"/sager/{stage.cases['26-10101']}"
    assert client.get(path).headers["Location"] == f"/log-ind?next={path}"
    assert (
        client.get("/medarbejder").headers["Location"] == "/medarbejder/log-ind?next=/medarbejder"
    )
