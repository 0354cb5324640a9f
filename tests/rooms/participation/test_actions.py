"""One token for each decision and person, whatever comes at once or again."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Date, DateTime, Time

from portal.blind.rules import blind, finalize, prepare, public_der, public_key
from portal.blind.words import WrongMessage
from portal.cases.models import Case
from portal.participation.actions import forget_expired, issue, prepare_cohorts
from portal.participation.models import ParticipationCohort, ParticipationToken
from portal.participation.queries import (
    decided_in,
    invitation_for,
    listed_cohorts,
    wanted_cohorts,
)
from portal.participation.words import AlreadyIssued, NotInvited, Quarter
from tests.rooms.blind.keys import key
from tests.rooms.participation.conftest import BENT, KAREN
from tests.rooms.participation.decisions import TODAY, decide, decided, prepared

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.participation.words import Decided, Signed
    from portal.vault import Vault

pytestmark = pytest.mark.stored
THREADS = 8
ENDED = date(2027, 4, 1)  # the day after the last on which tokens are issued


def issued(
    engine: Engine, vault: Vault, one: Decided, blinded: bytes, today: date = TODAY
) -> Signed:
    with Session(engine.execution_options(writes=True)) as session:
        signed = issue(session, vault, one, blinded, today)
        session.commit()
    return signed


def fresh(engine: Engine, one: Decided) -> tuple[bytes, bytes, bytes]:
    """A message, under its veil, and what takes the veil off."""
    with Session(engine) as session:
        invitation = invitation_for(session, one, TODAY)
    assert invitation is not None
    prepared_message = prepare(bytes(32))
    return prepared_message, *blind(public_key(invitation.key), prepared_message)


def tokens(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(ParticipationToken)) or 0


def test_what_is_issued_is_a_signature_of_the_cohorts_key(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    message, blinded, inverse = fresh(engine, one)
    signed = issued(engine, vault, one, blinded)
    with Session(engine) as session:
        known = {cohort.name: cohort for cohort in listed_cohorts(session)}[signed.cohort]
    assert finalize(public_key(known.key), message, signed.signature, inverse)
    assert known.name == "2026-4-disability"


def test_the_same_message_is_signed_again_and_another_is_not(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    _, first, _ = fresh(engine, one)
    _, second, _ = fresh(engine, one)
    assert issued(engine, vault, one, first) == issued(engine, vault, one, first)
    with pytest.raises(AlreadyIssued):
        issued(engine, vault, one, second)
    assert tokens(engine) == 1


def test_each_person_and_each_decision_has_one(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    for other in (one, replace(one, person=BENT), replace(one, number=2), decided(cases[1], KAREN)):
        issued(engine, vault, other, fresh(engine, other)[1])
    assert tokens(engine) == 4


def test_what_is_no_message_leaves_the_token_unissued(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    for block in (b"", bytes(256), b"\xff" * 256):
        with pytest.raises(WrongMessage):
            issued(engine, vault, one, block)
    assert tokens(engine) == 0


def test_of_many_that_ask_at_once_exactly_one_is_given(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    messages = [fresh(engine, one)[1] for _ in range(THREADS)]
    barrier = threading.Barrier(THREADS)
    given: list[bytes] = []
    refused: list[bytes] = []

    def ask(blinded: bytes) -> None:
        barrier.wait()
        try:
            given.append(issued(engine, vault, one, blinded).signature)
        except AlreadyIssued:
            refused.append(blinded)

    threads = [threading.Thread(target=ask, args=(message,)) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(given), len(refused), tokens(engine)) == (1, THREADS - 1, 1)


def test_the_same_message_sent_many_times_at_once_is_given_every_time(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    blinded = fresh(engine, one)[1]
    barrier = threading.Barrier(THREADS)
    given: list[bytes] = []

    def ask() -> None:
        barrier.wait()
        given.append(issued(engine, vault, one, blinded).signature)

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(given), len(set(given)), tokens(engine)) == (THREADS, 1, 1)


@pytest.mark.parametrize(
    "changed", [{"on": date(2026, 6, 30)}, {"on": date(2027, 1, 1)}, {"on": date(2026, 8, 1)}]
)
def test_nobody_is_asked_outside_the_time_or_without_a_key(
    engine: Engine, vault: Vault, cases: list[UUID], changed: dict[str, date]
) -> None:
    with Session(engine) as session:  # the quarter before has no key
        gone = select(ParticipationCohort).where(ParticipationCohort.issue_from < date(2026, 10, 1))
        session.delete(session.scalars(gone).one())
        session.commit()
    with pytest.raises(NotInvited):
        issued(engine, vault, decided(cases[0], KAREN, **changed), b"\1" * 256)


def test_a_corrected_area_leaves_the_token_with_its_cohort(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    blinded = fresh(engine, one)[1]
    signed = issued(engine, vault, one, blinded)
    with Session(engine) as session:
        cohort = session.scalars(
            select(ParticipationCohort).where(ParticipationCohort.name == signed.cohort)
        ).one()
        cohort.groups = ["nothing"]
        session.commit()
    assert issued(engine, vault, one, blinded) == signed
    with pytest.raises(NotInvited):
        issued(engine, vault, decided(cases[1], KAREN), blinded)


def test_when_issuing_has_ended_key_and_names_are_gone(
    engine: Engine, vault: Vault, cases: list[UUID]
) -> None:
    one = decided(cases[0], KAREN)
    blinded = fresh(engine, one)[1]
    issued(engine, vault, one, blinded)
    with Session(engine) as session:
        assert forget_expired(session, ENDED - timedelta(days=1)) == ["2026-3-disability"]
        assert forget_expired(session, ENDED) == ["2026-4-disability"]
        assert forget_expired(session, ENDED) == []
        session.commit()
        rows = session.execute(
            select(ParticipationCohort.name, ParticipationCohort.private_sealed,
                   ParticipationCohort.invited).order_by(ParticipationCohort.name)
        ).all()  # fmt: skip
        assert [tuple(row) for row in rows] == [
            ("2026-3-disability", None, 0),
            ("2026-4-disability", None, 1),
        ]
        assert len(listed_cohorts(session)) == 2
    assert tokens(engine) == 0
    with pytest.raises(NotInvited):
        issued(engine, vault, one, blinded, ENDED - timedelta(days=1))


def test_keys_are_made_once_and_for_two_quarters(engine: Engine, vault: Vault) -> None:
    decide(engine, "aids", 60)
    decide(engine, "zz_new", 20)
    decide(engine, None, 31)
    expected = ["2026-3-other", "2026-3-disability", "2026-4-other", "2026-4-disability"]
    assert sorted(prepared(engine, vault)) == sorted(expected)
    assert prepared(engine, vault) == []
    assert len(prepared(engine, vault, date(2027, 1, 1))) == 0  # too little was decided in 2026-4


def test_of_two_that_make_a_key_at_once_one_is_kept(engine: Engine, vault: Vault) -> None:
    decide(engine, "aids", 50)
    with Session(engine) as session:
        plans = wanted_cohorts(session, TODAY)
        assert prepare_cohorts(session, vault, {plan: key() for plan in plans})
        assert prepare_cohorts(session, vault, {plan: key(1) for plan in plans}) == []
        assert {one.key for one in listed_cohorts(session)} == {public_der(key().public)}
        session.rollback()


@pytest.mark.parametrize("count", [0, 49])
def test_below_fifty_there_is_no_key(engine: Engine, vault: Vault, count: int) -> None:
    decide(engine, "aids", count)
    decide(engine, "aids", 100, date(2026, 4, 2))
    assert prepared(engine, vault) == []


def test_withheld_cases_are_not_counted(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.participation.queries.CHUNK", 7)
    ids = decide(engine, "aids", 30)
    decide(engine, "placement", 5)
    with Session(engine) as session:
        assert dict(decided_in(session, Quarter(2026, 3))) == {"disability": 30, "children": 5}
        session.get_one(Case, ids[0]).withheld = True
        session.flush()
        assert dict(decided_in(session, Quarter(2026, 3))) == {"disability": 29, "children": 5}
        assert not decided_in(session, Quarter(2026, 2))


def test_no_column_tells_when_or_in_which_order(engine: Engine) -> None:
    columns = inspect(engine).get_columns("participation_tokens")
    assert {column["name"] for column in columns} == {
        "case_id", "decision", "person_id", "cohort", "blinded",
    }  # fmt: skip
    assert not [one for one in columns if isinstance(one["type"], Date | DateTime | Time)]
    assert not [one["name"] for one in columns if one.get("autoincrement") is True]


def test_the_private_key_lies_sealed(engine: Engine, vault: Vault, cases: list[UUID]) -> None:
    with Session(engine) as session:
        sealed = session.scalars(select(ParticipationCohort.private_sealed)).all()
    assert cases
    assert sealed
    assert all(one and b"PRIVATE KEY" not in one for one in sealed)
