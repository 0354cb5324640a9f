"""One broken record hides no other, and says no more than it can."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, text, update

from portal.cases.models import Case, CaseEvent
from portal.identity.models import Person

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

CASE = "26-10101"
BROKEN = [{"stage": 7}, {"received": "yesterday"}, {"requests": [{}]}, [], "state", None]


def break_state(stage: Stage, state: object) -> None:
    """Store something that is no state, as a fault elsewhere might."""
    with stage.engine.begin() as connection:
        cast = "CAST(:state AS JSONB)" if connection.dialect.name == "postgresql" else ":state"
        statement = f"UPDATE cases SET state = {cast} WHERE subject = :subject"  # noqa: S608 - see above
        connection.execute(text(statement), {"state": json.dumps(state), "subject": CASE})


def test_a_state_that_cannot_be_read_is_folded_from_its_events(
    own_stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    client = own_stage.signed_in("amalie")
    whole = client.get("/sager").text.count(CASE)
    for state in BROKEN:
        break_state(own_stage, state)
        caplog.clear()
        assert client.get("/sager").text.count(CASE) == whole
        assert client.get(f"/sager/{own_stage.cases[CASE]}").status_code == 200
        said = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert len(said) == 2
        assert CASE not in str([vars(record) for record in said])


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_events_that_cannot_be_read_leave_a_case_that_claims_nothing(
    own_stage: Stage, view: str
) -> None:
    key = own_stage.cases[CASE]
    break_state(own_stage, {"stage": 7})
    with own_stage.engine.begin() as connection:
        events = update(CaseEvent).where(CaseEvent.case_id == key)
        connection.execute(events.values(data={"area": 7, "complained_of": "never"}))
    client = own_stage.signed_in("amalie")
    listed = client.get(f"/sager?visning={view}").text
    assert "26-10102" in listed
    assert f"/sager/{key}" in listed
    for page in ("", "/udskrift", "/indsigt"):
        assert client.get(f"/sager/{key}{page}").status_code == 200


def test_a_case_without_any_event_claims_nothing(own_stage: Stage) -> None:
    key = own_stage.cases[CASE]
    with own_stage.engine.begin() as connection:
        connection.execute(delete(CaseEvent).where(CaseEvent.case_id == key))
        connection.execute(update(Case).where(Case.id == key).values(state={}))
    client = own_stage.signed_in("amalie")
    assert "26-10102" in client.get("/sager").text
    assert client.get(f"/sager/{key}").status_code == 200


def test_a_broken_state_does_not_hide_codes_from_the_owner_of_the_texts(own_stage: Stage) -> None:
    with own_stage.engine.begin() as connection:
        connection.execute(update(Case).where(Case.subject == CASE).values(unknown_codes=1))
    break_state(own_stage, {"unknown": 7})
    assert "peer_review" in own_stage.signed_in("tekst").get("/medarbejder/koder").text


def test_a_name_that_cannot_be_opened_hides_no_case(own_stage: Stage) -> None:
    yusuf = own_stage.persons["yusuf"]
    with own_stage.engine.begin() as connection:
        connection.execute(update(Person).where(Person.id == yusuf).values(name_sealed=b"broken"))
    client = own_stage.signed_in("thi")
    assert "26-10303" in client.get("/sager").text
    page = client.get(f"/sager/{own_stage.cases['26-10303']}")
    assert page.status_code == 200
    assert "Yusuf" not in page.text
