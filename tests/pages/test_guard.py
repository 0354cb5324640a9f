"""The door alone, without the pages behind it: who passes, who does not, and what is noted.

`test_access.py` sends the same questions through the whole portal; this one is quick.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import LoginManager
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.actions import keep
from portal.audit.models import AuditEntry
from portal.audit.words import Act
from portal.db import Base, engine_for
from portal.identity.words import CitizenUser, Loa, StaffRole, StaffUser
from portal.pages.access import ACCESS, NotForYou, SignInNeeded, Who, init_access, note
from portal.request import init_request
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Request
    from sqlalchemy import Engine

CITIZEN = CitizenUser(UUID(int=1), UUID(int=2), "Karen Eksempel", Loa.HIGH)
TEXTS = StaffUser(UUID(int=3), "Tove", frozenset({StaffRole.TEXT_OWNER}))
QUALITY = StaffUser(UUID(int=4), "Kaj", frozenset({StaffRole.QUALITY}))
RELEASER = StaffUser(UUID(int=6), "Frej", frozenset({StaffRole.RELEASE}))
INVITER = StaffUser(UUID(int=7), "Ina", frozenset({StaffRole.PANEL}))
CODER = StaffUser(UUID(int=8), "Kim", frozenset({StaffRole.CODER}))
OWNER = StaffUser(UUID(int=10), "Tea", frozenset({StaffRole.THEME_OWNER}))
EDITOR = StaffUser(UUID(int=11), "Rita", frozenset({StaffRole.EDITOR}))
KEEPER = StaffUser(UUID(int=12), "Ada", frozenset({StaffRole.ADMINISTRATOR}))
PROTECTOR = StaffUser(UUID(int=13), "Pia", frozenset({StaffRole.PROTECTION}))
NO_ROLE = StaffUser(UUID(int=5), "Ib", frozenset())
PEOPLE: dict[str, CitizenUser | StaffUser] = {
    "citizen": CITIZEN,
    "texts": TEXTS,
    "quality": QUALITY,
    "release": RELEASER,
    "panel": INVITER,
    "coder": CODER,
    "owner": OWNER,
    "editor": EDITOR,
    "keeper": KEEPER,
    "protector": PROTECTOR,
    "no-role": NO_ROLE,
}
PASSES = {
    Who.ANYONE: {"nobody", *PEOPLE},
    Who.CITIZEN: {"citizen"},
    Who.STAFF: set(PEOPLE) - {"citizen", "no-role"},
    Who.TEXTS: {"texts"},
    Who.QUALITY: {"quality"},
    Who.RELEASE: {"release"},
    Who.PANEL: {"panel"},
    Who.FIGURES: {"quality", "coder", "owner", "editor", "keeper"},
    Who.CODES: {"coder"},
    Who.THEMES: {"owner"},
    Who.EDITS: {"editor"},
    Who.ADMINISTERS: {"keeper"},
    Who.PROTECTS: {"protector"},
}
CASE = UUID(int=9)


@pytest.fixture
def engine(sqlite_url: str, tmp_path: Path) -> Iterator[Engine]:
    made = engine_for(sqlite_url)
    keep(made, vault_with(), tmp_path)
    Base.metadata.create_all(made, tables=[Base.metadata.tables["audit_entries"]])
    yield made
    made.dispose()


def _who(request: Request) -> CitizenUser | StaffUser | None:
    return PEOPLE.get(request.headers.get("X-Who", ""))


@pytest.fixture
def door(engine: Engine) -> Flask:
    """An app with an empty page behind each door, and one that no table names."""
    app = Flask("door", static_folder=None)
    app.testing = True
    app.test_client_class = FlaskClient  # these pages are empty, so no house style holds for them
    people = LoginManager(app)

    people.request_loader(_who)
    init_request(app, engine)
    init_access(app)
    for endpoint in (*ACCESS, "public.forgotten"):
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "inside")
    return app


def knock(door: Flask, endpoint: str, person: str) -> str:
    try:
        answer = door.test_client().get(f"/{endpoint}", headers={"X-Who": person})
    except (NotForYou, SignInNeeded) as refusal:
        return type(refusal).__name__
    return answer.text if answer.status_code == 200 else str(answer.status_code)


def noted(engine: Engine) -> list[tuple[object, ...]]:
    columns = select(AuditEntry.act, AuditEntry.actor, AuditEntry.account_id, AuditEntry.page,
                     AuditEntry.why).order_by(AuditEntry.id)  # fmt: skip
    with Session(engine) as session:
        return [tuple(row) for row in session.execute(columns)]


@pytest.mark.parametrize("person", ["nobody", *PEOPLE])
def test_each_door_opens_to_those_it_is_for(door: Flask, engine: Engine, person: str) -> None:
    shut = "SignInNeeded" if person == "nobody" else "NotForYou"
    for endpoint, who in ACCESS.items():
        expected = "inside" if person in PASSES[who] else shut
        assert knock(door, endpoint, person) == expected, endpoint
    refused = [endpoint for endpoint, who in ACCESS.items() if person not in PASSES[who]]
    assert [row[3] for row in noted(engine)] == refused


@pytest.mark.parametrize("person", ["nobody", *PEOPLE])
def test_a_door_that_is_in_no_table_is_shut_to_everybody(door: Flask, person: str) -> None:
    assert knock(door, "public.forgotten", person) != "inside"


def test_what_is_no_page_is_not_found(door: Flask, engine: Engine) -> None:
    assert knock(door, "nowhere", "nobody") == "404"
    assert noted(engine) == []


@pytest.mark.parametrize(
    ("person", "entry"),
    [
        ("nobody", ("nobody", None, "citizen.case", "not_signed_in")),
        ("quality", ("staff", QUALITY.account_id, "citizen.case", "not_for_you")),
        ("no-role", ("staff", NO_ROLE.account_id, "citizen.case", "not_for_you")),
    ],
)
def test_a_refusal_is_noted_with_who_and_why(
    door: Flask, engine: Engine, person: str, entry: tuple[object, ...]
) -> None:
    knock(door, "citizen.case", person)
    assert noted(engine) == [("page.refused", *entry)]


def test_a_citizen_before_a_staff_door_is_noted_as_a_citizen(door: Flask, engine: Engine) -> None:
    knock(door, "staff.home", "citizen")
    assert noted(engine) == [
        ("page.refused", "citizen", CITIZEN.account_id, "staff.home", "not_for_you")
    ]


def test_a_look_at_a_case_is_noted_whole(door: Flask, engine: Engine) -> None:
    before = datetime.now(UTC)
    with door.test_request_context("/citizen.case", headers={"X-Who": "citizen"}):
        note(Act.CASE_VIEWED, case=CASE, role="complainant")
    with Session(engine) as session:
        row = session.scalars(select(AuditEntry)).one()
    assert (row.act, row.actor, row.account_id) == ("case.viewed", "citizen", CITIZEN.account_id)
    assert (row.case_id, row.role, row.page, row.why) == (
        CASE, "complainant", "citizen.case", None,
    )  # fmt: skip
    assert before <= row.at <= datetime.now(UTC)
