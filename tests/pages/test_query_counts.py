"""How many SQL statements each page runs, written out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.stories import Story
from portal.identity.actions import sign_in_citizen
from portal.identity.words import CitizenClaims, Loa
from portal.keys.queries import vault_of
from tests import cast

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.pages.conftest import Stage

DECIDED = {"26-10708"}  # since the quarter before this one began
CROWD = cast.Citizen("crowd", "Mange Sager Opdigt", "8401851234")


def statements(stage: Stage, client: FlaskClient, path: str) -> dict[str, int]:
    """The page's statements by kind. It must be answered well."""
    with stage.counted() as run:
        assert client.get(path).status_code == 200
    return dict(Counter(statement.split()[0] for statement in run))


# The account; the list with the number of hidden cases; the sources; the estimates of all cases
# that are under way. The number of hidden cases is read by itself where no case is seen.
@pytest.mark.parametrize(
    ("person", "cases", "reads"),
    [("noor", 0, 4), ("rosa", 0, 4), ("helle", 1, 4), ("sigrid", 9, 3), ("advokat", 10, 4)],
)
def test_the_list(stage: Stage, person: str, cases: int, reads: int) -> None:
    client = stage.signed_in(person)
    assert client.get("/sager").text.count('class="card case-card') == cases
    assert statements(stage, client, "/sager") == {"SELECT": reads}


def test_the_list_of_three_hundred(own_stage: Stage) -> None:
    vault = vault_of(own_stage.settings)
    lines = ("-60 received complained_of=-80", "-30 assigned office='Kontor for pension'")
    told = [Story(f"27-{n:05}", "crowd", "car", "Odder Kommune", lines) for n in range(300)]
    cast.tell(own_stage.engine, vault, told, clock.now(), {"crowd": CROWD})
    with Session(own_stage.engine) as session:
        claims = CitizenClaims("i", "crowd", Loa.HIGH, CROWD.cpr, CROWD.name)
        account = sign_in_citizen(session, vault, claims, clock.now())
        own_stage.users["crowd"] = f"citizen:{account.id}"
        session.commit()
    client = own_stage.signed_in("crowd")
    assert statements(own_stage, client, "/sager") == {"SELECT": 4}
    shown: set[str] = set()
    for page in range(1, 31):
        listed = client.get(f"/sager?side={page}").text
        assert listed.count('class="card case-card') == 10
        assert f"Side {page} af 30." in listed
        shown |= set(re.findall(r"/sager/[0-9a-f-]{36}", listed))
    assert len(shown) == 300  # none is left out
    assert client.get("/sager?side=31").text.count("Side 30 af 30.") == 1
    assert client.get("/sager?side=x").text.count("Side 1 af 30.") == 1


# The account; the case; its source; while it is under way the estimate with its history. Linked
# cases are one read more, where there are any; and so is, on the screen, what others' answers have
# led to, where the case is decided, and whether the reader is asked about the decision, where it
# is of this quarter or the one before.
@pytest.mark.parametrize(
    ("person", "number", "reads"),
    [
        ("amalie", "26-10101", 4),
        ("yusuf", "26-10304", 4),
        ("thi", "26-10303", 4),
        ("sigrid", "26-10708", 3),
        ("ingeborg", "26-11202", 5),
        ("ingeborg", "26-11204", 4),
        ("kasper", "26-11104", 4),
    ],
)
@pytest.mark.parametrize("page", ["", "/udskrift"])
def test_the_case_page(stage: Stage, person: str, number: str, reads: int, page: str) -> None:
    client = stage.signed_in(person)
    path = f"/sager/{stage.cases[number]}{page}"
    asked = 2 * (number in DECIDED and not page)
    assert statements(stage, client, path) == {"SELECT": reads + asked, "INSERT": 1}


@pytest.mark.parametrize(
    ("page", "reads"), [("kalender.ics", 2), ("indsigt", 3), ("haendelser", 3)]
)
def test_what_goes_with_a_case(stage: Stage, page: str, reads: int) -> None:
    client = stage.signed_in("yusuf")
    path = f"/sager/{stage.cases['26-10301']}/{page}"
    assert statements(stage, client, path) == {"SELECT": reads, "INSERT": 1}


def test_no_case_of_the_cast_costs_more(stage: Stage) -> None:
    lawyer = stage.signed_in("advokat")
    for story in cast.stories():
        client = lawyer if story.complainant.startswith("klient") else None
        client = client or stage.signed_in(story.complainant)
        with stage.counted() as run:
            client.get(f"/sager/{stage.cases[story.subject]}")
        assert sum(statement.startswith("SELECT") for statement in run) <= 6
        assert sum(statement.startswith("INSERT") for statement in run) == 1


@pytest.mark.parametrize(
    ("path", "run"),
    [
        ("/medarbejder", {"SELECT": 1}),
        ("/medarbejder/koder", {"SELECT": 2, "INSERT": 1}),
        ("/medarbejder/karantaene", {"SELECT": 2, "INSERT": 1}),
    ],
)
def test_the_pages_of_staff(stage: Stage, path: str, run: dict[str, int]) -> None:
    assert statements(stage, stage.signed_in("tekst"), path) == run


@pytest.mark.parametrize("path", ["/", "/ord", "/log-ind", "/cookies", "/tilgaengelighed"])
def test_public_pages_need_no_database(stage: Stage, path: str) -> None:
    assert statements(stage, stage.nobody(), path) == {}
