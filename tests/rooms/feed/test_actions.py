from __future__ import annotations

import json
from base64 import b64decode
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal.cases.actions import refold_many
from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.queries import cases_of, ids_after
from portal.cases.rules import TYPES, folded, unpacked
from portal.cases.words import Event, Stage, State
from portal.clock import day_of
from portal.feed import actions
from portal.feed.actions import accept
from portal.feed.models import Source
from portal.feed.rules import HEARTBEAT
from portal.feed.words import Code, Reason, Result
from portal.identity.actions import person_with_cpr
from portal.identity.models import Person
from portal.identity.queries import names_of
from tests.cast import feed
from tests.rooms.feed.examples import NOW, examples, line, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.vault import Vault

CPR = "6102890102"
OTHER = "6203760211"
BOARD = "urn:example:board"
RECEIVED = {"number": "26-1", "area": "aids", "authority": "Odder Kommune"}
PARTY = {"cpr": CPR, "role": "complainant", "name": "Amalie Prøvegaard"}


def results(session: Session, vault: Vault, *records: bytes) -> list[Result]:
    return [report.result for report in accept(session, vault, records, NOW)]


def state(session: Session, subject: str = "c-1") -> State:
    return unpacked(session.scalars(select(Case.state).where(Case.subject == subject)).one())


def everything(session: Session) -> dict[tuple[str, str], object]:
    rows = session.execute(select(Case.source, Case.subject, Case.state))
    return {(row.source, row.subject): row.state for row in rows}


def test_what_is_told_becomes_a_case(session: Session, vault: Vault) -> None:
    assert results(session, vault, told("received", RECEIVED), told("party-added", PARTY)) == [
        Result.ACCEPTED,
        Result.ACCEPTED,
    ]
    person = person_with_cpr(session, vault, CPR, None, NOW)
    (seen,) = cases_of(session, person, day_of(NOW))
    assert seen.state.number == "26-1"
    assert names_of(session, vault, [person]) == {person: "Amalie Prøvegaard"}


def test_known_records_change_nothing(session: Session, vault: Vault) -> None:
    records = feed(NOW)
    accept(session, vault, records, NOW)
    before = everything(session)
    later = NOW + timedelta(hours=1)
    again = accept(session, vault, records, later)
    beats = [json.loads(record)["type"] == HEARTBEAT for record in records]
    assert [report.result for report in again] == [
        Result.ACCEPTED if beat else Result.KNOWN for beat in beats
    ]
    assert everything(session) == before
    assert session.scalars(select(func.max(Case.changed_at))).one() == NOW


def test_the_first_telling_counts(session: Session, vault: Vault) -> None:
    first = told("stage-entered", {"stage": "assessment"}, id="1")
    second = told("stage-entered", {"stage": "meeting"}, id="1")
    assert results(session, vault, first, second) == [Result.ACCEPTED, Result.KNOWN]
    assert results(session, vault, second) == [Result.KNOWN]
    assert state(session).stage is Stage.ASSESSMENT


def test_an_id_counts_once_for_all_cases_of_a_source(session: Session, vault: Vault) -> None:
    first = told("resumed", id="1", subject="c-1")
    assert results(session, vault, first, told("resumed", id="1", subject="c-2")) == [
        Result.ACCEPTED,
        Result.KNOWN,
    ]
    assert results(session, vault, told("resumed", id="1", source="urn:other")) == [Result.ACCEPTED]


def test_two_sources_may_use_one_number(session: Session, vault: Vault) -> None:
    records = told("resumed"), told("resumed", source="urn:other")
    assert results(session, vault, *records) == [Result.ACCEPTED, Result.ACCEPTED]
    assert session.scalar(select(func.count()).select_from(Case)) == 2


def test_one_nulled_field_rejects_one_record(session: Session, vault: Vault) -> None:
    shown = examples()
    records = [line(record | {"subject": what}) for what, record in shown.items()]
    broken = [
        line(record | {"subject": what, "data": record["data"] | {name: None}})
        for what, record in shown.items()
        for name in record.get("data", {})
    ]
    reports = accept(session, vault, [*broken, *records], NOW)
    assert not any(report.reasons for report in reports[len(broken) :])
    rejected = [report for report in reports if report.result is Result.REJECTED]
    assert all([reason.code for reason in report.reasons] == [Code.NULL] for report in rejected)
    assert session.scalar(select(func.count()).select_from(Case)) == len(TYPES)


def test_no_cpr_number_is_stored_in_clear(session: Session, vault: Vault) -> None:
    unknown = {"who": "610289-0102", "note": CPR}
    replaced = {"cpr": OTHER, "role": "party", "who": CPR}
    accept(
        session,
        vault,
        [
            told("party-added", PARTY | {"acts_for_cpr": OTHER, "who": CPR}),
            told("request-made", {"request": "r", "addressee": "party", "kind": "x", "cpr": CPR}),
            told("corrected", {"event": "e-party-added", "replaced_by": replaced}),
            told("party-ended", {"cpr": CPR, "role": "complainant", "until": "2026-12-01"}),
            told("new-thing", unknown),
        ],
        NOW,
    )
    kept = session.scalars(select(CaseEvent.data)).all()
    assert len(kept) == 5
    stored = json.dumps([*kept, *everything(session).values()])
    assert CPR not in stored
    assert OTHER not in stored
    assert "610289" not in stored


def test_what_has_no_words_is_kept_sealed(session: Session, vault: Vault) -> None:
    accept(session, vault, [told("new-thing", {"who": "610289-0102"})], NOW)
    (row,) = session.scalars(select(CaseEvent))
    assert row.type == "dk.indblik.case.new-thing.v1"
    sealed = b64decode(row.data["sealed"])
    opened = vault.open(sealed, "event urn:example:board e-new-thing")
    assert json.loads(opened) == {"who": "610289-0102"}
    assert [unknown.kind for unknown in state(session).unknown] == ["event"]


def test_a_correction_names_persons_too(session: Session, vault: Vault) -> None:
    replaced = {"cpr": OTHER, "name": "Bjørn Påfundsen", "role": "complainant", "person": "x"}
    accept(
        session,
        vault,
        [
            told("party-added", PARTY, id="1"),
            told("corrected", {"event": "1", "replaced_by": replaced}, id="2"),
            told("request-made", {"request": "r", "addressee": "party", "kind": "x", "cpr": OTHER}),
        ],
        NOW,
    )
    right = person_with_cpr(session, vault, OTHER, None, NOW)
    assert [party.person for party in state(session).parties] == [right]
    assert [request.person for request in state(session).requests] == [right]
    assert names_of(session, vault, [right]) == {right: "Bjørn Påfundsen"}


def test_a_correction_may_take_an_event_back(session: Session, vault: Vault) -> None:
    accept(
        session,
        vault,
        [
            told("suspended", {"reason": "court_case"}, id="1"),
            told("corrected", {"event": "1"}, id="2"),
        ],
        NOW,
    )
    assert state(session).suspended is None


def test_a_broken_case_hides_no_other(
    session: Session, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def brittle(events: Sequence[Event], _: object) -> State:
        found = folded(events, day_of)
        if found.number == "bad":
            message = "a rule of the fold fails"
            raise KeyError(message)
        return found

    monkeypatch.setattr("portal.cases.actions.folded", brittle)
    reports = accept(
        session,
        vault,
        [
            told("received", RECEIVED, subject="c-1", id="1"),
            told("received", RECEIVED | {"number": "bad"}, subject="c-2", id="2"),
            told("resumed", subject="c-2", id="3"),
            told("received", RECEIVED, subject="c-3", id="4"),
        ],
        NOW,
    )
    assert [report.result for report in reports] == [
        Result.ACCEPTED,
        Result.REJECTED,
        Result.REJECTED,
        Result.ACCEPTED,
    ]
    assert reports[1].reasons == (Reason(Code.NOT_STORED),)
    assert session.scalars(select(Case.subject).order_by(Case.subject)).all() == ["c-1", "c-3"]
    assert session.scalars(select(CaseEvent.event).order_by(CaseEvent.event)).all() == ["1", "4"]


def test_a_silent_database_is_not_a_broken_record(
    session: Session, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise OperationalError(None, {}, OSError())

    monkeypatch.setattr(actions, "record_many", down)
    with pytest.raises(OperationalError):
        accept(session, vault, [told("resumed")], NOW)


def test_nothing_is_kept_without_a_commit(engine: Engine, vault: Vault) -> None:
    with Session(engine) as session:
        accept(session, vault, [told("received", RECEIVED), told("party-added", PARTY)], NOW)
    with Session(engine) as session:
        for model in (Case, CaseEvent, CaseParty, Person, Source):
            assert session.scalar(select(func.count()).select_from(model)) == 0


def test_cases_are_folded_anew(session: Session, vault: Vault) -> None:
    accept(session, vault, [told("received", RECEIVED, subject=f"c-{n}", id=str(n))
                            for n in range(5)], NOW)  # fmt: skip
    for case in session.scalars(select(Case)):
        case.state = {}
    session.flush()
    ids: list[UUID] = []
    while step := ids_after(session, ids[-1] if ids else None, 2):
        ids += step
    assert len(set(ids)) == 5
    refold_many(session, ids, NOW)
    assert state(session, "c-4").number == "26-1"
