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
# Who may enter is decided before any database is asked; whose a case is, by the database.
ONE_STAGE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
OTHER_STAGE = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
LEAST = 2000  # requests: route × person × object


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


def asked(person: str) -> Iterator[tuple[str, Row, str | None]]:
    """Every page, with every case where it is about one: endpoint, row and case.

    Who is no citizen is turned away before a case is looked for: one that is, and one that is not.
    """
    cases = tuple(PARTS) if person in CITIZENS else ("26-10101", "missing")
    for endpoint, row in PAGES.items():
        for case in cases if row.who == "part" else (None,):
            yield endpoint, row, case


def address(stage: Stage, row: Row, case: str | None) -> str:
    return row.path.format(case=stage.cases.get(case or "", MISSING))


def wrong_answer(
    stage: Stage, client: FlaskClient, person: str, what: tuple[str, Row, str | None]
) -> tuple[object, ...] | None:
    """What was answered or noted otherwise than the table has it; None where nothing was."""
    endpoint, row, case = what
    with stage.audited() as written:
        answer = client.open(address(stage, row, case), method=row.method)
    line = noted(person, endpoint, row, case)
    if answer.status_code == expected(person, row, case) and lines(written) == as_lines(line):
        return None
    return endpoint, case, answer.status_code, lines(written)


def lines(written: list[Told]) -> list[tuple[str, str, str]]:
    return [(line.act, line.actor, line.why or "") for line in written]


def as_lines(line: tuple[str, str, str] | None) -> list[tuple[str, str, str]]:
    return [line] if line else []


@ONE_STAGE
def test_every_route_has_a_row(stage: Stage) -> None:
    assert {rule.endpoint for rule in stage.app.url_map.iter_rules()} == set(PAGES)
    addresses = stage.app.url_map.bind("localhost")
    for endpoint, row in PAGES.items():
        path = row.path.replace(CASE, str(MISSING))
        assert addresses.match(path, method=row.method)[0] == endpoint


def test_the_matrix_is_as_large_as_was_promised() -> None:
    assert sum(1 for person in (*GHOSTS, *STAFF, *CITIZENS) for _ in asked(person)) >= LEAST


@ONE_STAGE
@pytest.mark.parametrize("person", [*GHOSTS, *STAFF, *CITIZENS])
def test_each_person_sees_what_is_theirs(stage: Stage, person: str) -> None:
    client = visitor(stage, person)
    answers = [wrong_answer(stage, client, person, what) for what in asked(person)]
    assert [answer for answer in answers if answer] == []


@OTHER_STAGE
@pytest.mark.parametrize("person", [*STAFF, *CITIZENS])
def test_the_other_database_says_the_same_of_every_case(stage: Stage, person: str) -> None:
    client = visitor(stage, person)
    own = {case for case, parts in PARTS.items() if person in parts} | {"missing"}
    for what in asked(person):
        endpoint, row, case = what
        if row.who == "part" and (endpoint == "citizen.case" or case in own):
            assert wrong_answer(stage, client, person, what) is None


@ONE_STAGE
@pytest.mark.parametrize("person", ["nobody", "amalie", "administrator"])
def test_a_malformed_key_is_no_address(stage: Stage, person: str) -> None:
    client = visitor(stage, person)
    for rule in stage.app.url_map.iter_rules():
        if "<uuid:" in rule.rule:
            row = PAGES[rule.endpoint]
            for key in MALFORMED:
                with stage.audited() as written:
                    answer = client.open(row.path.format(case=key), method=row.method)
                assert (answer.status_code, written) == (404, []), (rule.endpoint, key)


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


@ONE_STAGE
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


@ONE_STAGE
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
    assert lines(written) == [("case.viewed", "citizen", "")]


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
