"""A person's own cases in the five statuses of Mit Overblik."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from portal.cases.models import Case
from portal.cases.words import Decision, Issue, Progress, Stage, State
from portal.clock import day_of
from portal.feed.rules.overview import overview_of
from portal.feed.words import OVERVIEW_NAMES, Overview
from tests.api.conftest import problem
from tests.rooms.feed.examples import NOW, told

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.api.conftest import Machine

CPR, OTHER, NOBODY = "6102890102", "6203760211", "6304760311"
RECEIVED = {"area": "aids", "authority": "Odder Kommune"}


def asked(machine: Machine, body: object, **claims: str) -> TestResponse:
    token = machine.authority.token(None, **claims)
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return machine.client.post(
        "/hentsagsliste/v2.0.0",
        data=sent,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def case(number: str, *more: bytes, cpr: str = CPR, role: str = "complainant") -> list[bytes]:
    party = {"cpr": cpr, "role": role, "acts_for_cpr": OTHER if role == "representative" else None}
    return [
        told("party-added", party, subject=number, id=f"{number}-p"),
        told("received", RECEIVED | {"number": number}, subject=number, id=f"{number}-r"),
        *more,
    ]


def later(what: str, data: object, number: str, hour: int = 12) -> bytes:
    at = f"2026-11-20T{hour}:00:00+01:00"
    return told(what, data, subject=number, id=f"{number}-{what}-{hour}", time=at)


def statuses(machine: Machine, cpr: str = CPR) -> dict[str, int]:
    listed = asked(machine, {"cprNummer": cpr}).get_json()["sager"]
    return {one["sagsnummer"]: one["status"] for one in listed}


def test_a_person_is_told_of_their_own_cases(machine: Machine) -> None:
    machine.batch(
        *case("1"),
        *case("2", later("stage-entered", {"stage": "hearing"}, "2")),
        *case("3", cpr=OTHER),
        *case("4", role="representative"),
        *case("5", later("withheld", {"reason": "x"}, "5")),
    )
    answer = asked(machine, {"cprNummer": "610289-0102"})
    assert answer.status_code == 200
    second, first = answer.get_json()["sager"]
    assert (first["sagsnummer"], first["status"], first["statusTekst"]) == ("1", 1, "Oprettet")
    with Session(machine.engine) as session:
        key = session.scalars(select(Case.id).where(Case.subject == "2")).one()
    assert second == {
        "sagsnummer": "2",
        "titel": "Din klage om hjælpemidler",
        "status": 2,
        "statusTekst": "Behandles",
        "oprettet": "2026-11-20",
        "senestOpdateret": "2026-11-20T11:00:00+00:00",
        "link": f"http://localhost/sager/{key}",
    }


def test_nobody_and_somebody_without_cases_are_one_answer(machine: Machine) -> None:
    machine.batch(*case("4", role="representative"))  # she has no case of her own
    answers = [asked(machine, {"cprNummer": cpr}) for cpr in (CPR, NOBODY)]
    assert [answer.data for answer in answers] == [b'{"sager":[]}\n'] * 2
    shown = [{**answer.headers, "Content-Security-Policy": None} for answer in answers]  # a nonce
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    "body",
    [{}, [], None, {"cprNummer": None}, {"cprNummer": 6102890102}, {"cprNummer": "0"},
     {"cprNummer": "6199890102"}, {"cprNummer": CPR, "navn": "A"}],
)  # fmt: skip
def test_a_body_that_names_no_person(machine: Machine, body: object) -> None:
    found = problem(asked(machine, body), 422, "not-a-person")
    assert "61" not in found["detail"]


def test_a_body_that_is_no_body(machine: Machine) -> None:
    for body in (b"", b"{", '{"cprNummer": "å"}'.encode("latin-1")):
        problem(asked(machine, body), 400, "not-json")
    headers = {"Authorization": f"Bearer {machine.authority.token()}"}
    form = machine.client.post("/hentsagsliste/v2.0.0", data={"cprNummer": CPR}, headers=headers)
    problem(form, 415, "unsupported-media-type")
    problem(asked(machine, b" " * 100_000), 413, "request-entity-too-large")


def test_the_door_has_a_scope_of_its_own(machine: Machine) -> None:
    person = {"cprNummer": CPR}
    problem(asked(machine, person, scope="cases:write"), 403, "insufficient-scope")
    problem(machine.client.post("/hentsagsliste/v2.0.0", json=person), 401, "unauthorized")
    problem(machine.client.get(f"/hentsagsliste/v2.0.0?cprNummer={CPR}"), 405, "method-not-allowed")


def test_who_asked_is_written_down_and_no_number_anywhere(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.batch(*case("1"))
    answer = asked(machine, {"cprNummer": CPR}, client_id="mit-overblik")
    asked(machine, {"cprNummer": NOBODY})
    asked(machine, {"cprNummer": f"{CPR}0"})
    with Session(machine.engine) as session:
        (entry,) = session.scalars(select(AuditEntry))
    assert (entry.act, entry.actor, entry.why) == ("case.listed", "machine", "mit-overblik")
    lying = str([vars(record) for record in caplog.records]) + str(vars(entry)) + answer.text
    assert CPR not in lying
    assert NOBODY not in lying


DAY = day_of(NOW)


def decision(outcome: str, *issues: Issue) -> Decision:
    return Decision(DAY, outcome, None, issues, None, None)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State(), 1),
        (State(stage=Stage.REASSESSMENT), 1),
        (State(stage=Stage.QUEUED), 1),
        (State(stage=Stage.CLARIFICATION), 2),
        (State(stage=Stage.HEARING, stage_unclear=True), 2),
        (State(stage=Stage.ASSESSMENT, suspended="court_case"), 2),
        (State(stage=Stage.MEETING), 2),
        (State(stage=Stage.DECIDED, decision=decision("changed")), 3),
        (State(stage=Stage.RETURNED, decision=decision("returned")), 3),
        (State(stage=Stage.ASSESSMENT, decision=decision("settled"), stage_unclear=True), 3),
        (State(stage=Stage.CLOSED), 4),
        (State(stage=Stage.CLOSED, decision=decision("upheld")), 4),
        (State(stage=Stage.DECIDED, decision=decision("dismissed")), 5),
        (State(stage=Stage.CLOSED, decision=decision("dismissed")), 5),
        (
            State(
                stage=Stage.DECIDED,
                decision=decision(
                    "dismissed",
                    Issue(title="A", outcome="dismissed"),
                    Issue(title="B", outcome="upheld"),
                ),
            ),
            3,
        ),
    ],
)
def test_a_state_has_one_of_five_statuses(state: State, status: int) -> None:
    assert overview_of(state) == status


def test_every_stage_and_status_has_its_place() -> None:
    assert {overview_of(State(stage=stage)) for stage in Stage} == set(Overview) - {
        Overview.DISMISSED
    }
    assert list(OVERVIEW_NAMES) == list(Overview)


# What each progress value of OIO Sag comes to, alone and after what usually precedes it.
PROGRESS: list[tuple[Progress, int, dict[str, Any]]] = [
    (Progress.ARISEN, 1, {}),
    (Progress.INFORMED, 2, {}),
    (Progress.DECIDED, 3, {"outcome": "upheld"}),
    (Progress.ORDERED, 3, {"outcome": "changed"}),
    (Progress.CARRIED_OUT, 3, {"outcome": "changed"}),
    (Progress.ENDED, 4, {"outcome": "upheld"}),
    (Progress.ENDED, 5, {"outcome": "dismissed"}),
    (Progress.DECIDED, 5, {"outcome": "dismissed"}),
]


@pytest.mark.parametrize(("progress", "status", "decided"), PROGRESS)
def test_progress_by_oio_sag_is_understood(
    machine: Machine, progress: Progress, status: int, decided: dict[str, str]
) -> None:
    before = [later("decided", decided, "1", 11)] if decided else []
    machine.batch(*case("1", *before, later("stage-entered", {"stage": progress}, "1")))
    assert statuses(machine) == {"1": status}
    with Session(machine.engine) as session:
        assert session.scalars(select(Case.unknown_codes)).one() == 0


@pytest.mark.parametrize("progress", [Progress.DECIDED, Progress.ORDERED, Progress.CARRIED_OUT])
def test_progress_past_a_decision_tells_no_outcome(machine: Machine, progress: Progress) -> None:
    machine.batch(*case("1", later("stage-entered", {"stage": progress}, "1")))
    with Session(machine.engine) as session:
        state = session.scalars(select(Case.state)).one()
    assert (state["stage_unclear"], "decision" in state) == (True, False)
    machine.batch(later("decided", {"outcome": "upheld"}, "1"))
    assert statuses(machine) == {"1": 3}


def test_ended_says_nothing_new_of_a_case_that_was_closed(machine: Machine) -> None:
    closed = later("closed", {"reason": "withdrawn"}, "1", 11)
    machine.batch(*case("1", closed, later("stage-entered", {"stage": "Afsluttet"}, "1")))
    with Session(machine.engine) as session:
        assert session.scalars(select(Case.state)).one()["ending"] == "withdrawn"
