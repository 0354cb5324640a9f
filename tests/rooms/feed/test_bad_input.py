"""What sources get wrong, or must tell in a roundabout way: docs/feed.md answers each."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from portal.cases.models import Case, CaseEvent
from portal.cases.queries import cases_of
from portal.cases.words import Stage
from portal.clock import day_of
from portal.feed.actions import accept
from portal.feed.words import Result
from portal.identity.actions import person_with_cpr
from portal.identity.queries import names_of
from tests.rooms.feed.examples import NOW, told
from tests.rooms.feed.test_actions import state

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

OLD, NEW = "6102890102", "6203760211"
RECEIVED = {"number": "26-1", "area": "aids", "authority": "Odder Kommune"}
PARTY = {"cpr": OLD, "role": "complainant", "name": "Amalie Prøvegaard"}


def tell(session: Session, vault: Vault, *records: bytes) -> None:
    reports = accept(session, vault, records, NOW)
    assert {report.result for report in reports} == {Result.ACCEPTED}


def seen(session: Session, vault: Vault, cpr: str) -> list[str]:
    """The cases that the person with this number sees, by their numbers."""
    person = person_with_cpr(session, vault, cpr, None, NOW)
    return [case.subject for case in cases_of(session, person, day_of(NOW))]


def at(hour: int) -> str:
    return f"2026-11-20T{hour:02}:00:00+01:00"


def test_unknown_fields_are_kept_and_change_nothing(session: Session, vault: Vault) -> None:
    tell(session, vault, told("received", RECEIVED | {"floor": {"x": [1, None]}}, extension="y"))
    (row,) = session.scalars(select(CaseEvent))
    sealed = b64decode(row.data["sealed"])
    kept = json.loads(vault.open(sealed, f"event {row.source} {row.event}"))
    assert kept == {"floor": {"x": [1, None]}}
    assert state(session).unknown == ()


@pytest.mark.parametrize("nothing", ["9999-12-31", "1753-01-01", None, ""])
def test_no_date_is_shown_as_none(session: Session, vault: Vault, nothing: str | None) -> None:
    tell(session, vault, told("received", RECEIVED | {"complained_of": nothing}))
    assert state(session).complained_of is None


@pytest.mark.parametrize("late", [False, True])
def test_a_decision_before_the_receipt_is_taken_in(
    session: Session, vault: Vault, *, late: bool
) -> None:
    """The times count, and not the arrival: what is told as newest says where the case is."""
    decided = told("decided", {"outcome": "upheld"}, time=at(13 if late else 11))
    tell(session, vault, decided)
    assert state(session).stage is Stage.DECIDED
    tell(session, vault, told("received", RECEIVED, time=at(12)))
    found = state(session)
    assert found.stage is (Stage.DECIDED if late else Stage.QUEUED)
    assert found.decision is not None


def test_two_sources_may_use_one_number_and_neither_sees_the_other(
    session: Session, vault: Vault
) -> None:
    tell(
        session,
        vault,
        told("received", RECEIVED),
        told("party-added", PARTY),
        told("received", RECEIVED | {"area": "car"}, source="urn:other"),
        told("party-added", {"cpr": NEW, "role": "complainant"}, source="urn:other"),
        told("closed", {"reason": "withdrawn"}, source="urn:other", id="x"),
    )
    assert session.scalar(select(func.count()).select_from(Case)) == 2
    for cpr, area, stage in ((OLD, "aids", Stage.QUEUED), (NEW, "car", Stage.CLOSED)):
        person = person_with_cpr(session, vault, cpr, None, NOW)
        (case,) = cases_of(session, person, day_of(NOW))
        assert (case.subject, case.state.area, case.state.stage) == ("c-1", area, stage)


def test_a_number_that_changes_is_told_by_a_correction(session: Session, vault: Vault) -> None:
    tell(session, vault, told("received", RECEIVED), told("party-added", PARTY, id="1"))
    assert (seen(session, vault, OLD), seen(session, vault, NEW)) == (["c-1"], [])
    right = {**PARTY, "cpr": NEW}
    tell(session, vault, told("corrected", {"event": "1", "replaced_by": right}, id="2"))
    assert (seen(session, vault, OLD), seen(session, vault, NEW)) == ([], ["c-1"])
    person = person_with_cpr(session, vault, NEW, None, NOW)
    assert names_of(session, vault, [person]) == {person: PARTY["name"]}


def forgotten(session: Session, vault: Vault) -> UUID:
    tell(
        session,
        vault,
        told("received", RECEIVED),
        told("party-added", PARTY, id="1"),
        told("corrected", {"event": "1"}, id="2"),
    )
    return person_with_cpr(session, vault, OLD, None, NOW)


def test_who_is_to_be_forgotten_is_taken_out_of_the_case(session: Session, vault: Vault) -> None:
    person = forgotten(session, vault)
    assert seen(session, vault, OLD) == []
    assert state(session).parties == ()
    tell(session, vault, told("decided", {"outcome": "upheld"}))
    assert seen(session, vault, OLD) == []
    # Their old event again is known; no record of theirs comes back by itself.
    again = accept(session, vault, [told("party-added", PARTY, id="1")], NOW)
    assert [report.result for report in again] == [Result.KNOWN]
    assert cases_of(session, person, day_of(NOW)) == []


def test_who_was_forgotten_is_back_only_where_the_source_says_so(
    session: Session, vault: Vault
) -> None:
    forgotten(session, vault)
    made: dict[str, Any] = {"request": "r", "addressee": "party", "kind": "x", "cpr": OLD}
    tell(session, vault, told("request-made", made))
    assert seen(session, vault, OLD) == []
    tell(session, vault, told("party-added", PARTY, id="3"))
    assert seen(session, vault, OLD) == ["c-1"]


def test_a_decision_that_is_withdrawn_is_shown_no_more(session: Session, vault: Vault) -> None:
    tell(
        session,
        vault,
        told("received", RECEIVED, time=at(8)),
        told("stage-entered", {"stage": "assessment"}, time=at(9)),
        told("decided", {"outcome": "changed", "favours": "complainant"}, time=at(10)),
        told("decision-withdrawn", time=at(11)),
    )
    found = state(session)
    assert (found.stage, found.decision) == (Stage.ASSESSMENT, None)
    assert found.decision_withdrawn == day_of(NOW.replace(day=20))
    tell(session, vault, told("decided", {"outcome": "upheld"}, time=at(12), id="second"))
    decision = state(session).decision
    assert decision is not None
    assert decision.outcome == "upheld"
