"""Many rows in one statement come to the same as one by one, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.db import Base, engine_for
from portal.identity.models import Person
from portal.rows import among, insert_new, insert_rows, planned_anew, update_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.stored
NOW = datetime(2026, 11, 22, 5, 30, 1, 250_000, tzinfo=UTC)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
STATE = {"number": "26-1", "navn": "Åse “Ø”", "urgent": True, "links": [{"case": None}], "n": 2**53}


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    engine = engine_for(database_url)
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def case(identity: UUID, subject: str) -> dict[str, object]:
    return {"id": identity, "source": "s", "subject": subject, "state": STATE, "version": 1,
            "withheld": False, "unknown_codes": 0, "changed_at": NOW}  # fmt: skip


def test_rows_come_back_as_they_were_given(session: Session) -> None:
    assert insert_new(session, Case, [case(ONE, "1"), case(TWO, "2")], Case.id) == {ONE, TWO}
    session.add(Person(id=THREE, created_at=NOW))
    session.flush()
    event = {"case_id": ONE, "source": "s", "event": "e", "type": "x", "at": NOW,
             "sequence": 2**63 - 1, "recorded_at": NOW, "data": STATE}  # fmt: skip
    party = {"case_id": ONE, "person_id": THREE, "role": "party", "acts_for": None,
             "relation": None, "since": date(2026, 1, 5), "until": None}  # fmt: skip
    insert_rows(session, CaseEvent, [event, event | {"event": "f"}])
    insert_rows(session, CaseParty, [party])
    for model, rows in ((CaseEvent, [event, event | {"event": "f"}]), (CaseParty, [party])):
        stored = session.scalars(select(model).order_by(model.id)).all()
        assert [{name: getattr(one, name) for name in rows[0]} for one in stored] == rows
    assert session.scalars(select(Case.state).where(Case.id == TWO)).one() == STATE


def test_rows_are_updated_by_their_ids(session: Session) -> None:
    insert_new(session, Case, [case(ONE, "1"), case(TWO, "2"), case(THREE, "3")], Case.id)
    update_rows(session, Case, [{"id": ONE, "state": {"a": [1]}, "withheld": True},
                                {"id": THREE, "state": {}, "withheld": False}])  # fmt: skip
    session.expire_all()
    rows = session.execute(select(Case.state, Case.withheld, Case.subject).order_by(Case.id))
    assert [tuple(row) for row in rows] == [
        ({"a": [1]}, True, "1"), (STATE, False, "2"), ({}, False, "3"),
    ]  # fmt: skip


def test_nothing_is_no_statement(session: Session) -> None:
    insert_rows(session, Case, [])
    update_rows(session, Case, [])
    assert insert_new(session, Case, [], Case.id) == set()
    assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_values_are_found_however_many(session: Session) -> None:
    insert_rows(session, Case, [case(UUID(int=n), f"{n}'“\\") for n in range(1, 2001)])
    ids = [UUID(int=n) for n in range(1500, 3000)]
    found = session.scalars(select(Case.id).where(among(session, Case.id, ids))).all()
    assert sorted(found) == ids[:501]
    names = ["7'“\\", "8", "2000'“\\"]
    wanted = select(func.count()).where(among(session, Case.subject, names))
    assert session.scalar(wanted) == 2
    assert session.scalar(select(func.count()).where(among(session, Case.id, []))) == 0


def test_what_another_writer_made_is_left_to_it(postgres_url: str) -> None:
    engine = engine_for(postgres_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        insert_new(session, Case, [case(ONE, "1")], Case.id)
        given = [case(TWO, "1"), case(THREE, "3")]
        assert insert_new(session, Case, given, Case.id) == {THREE}
    engine.dispose()


def test_plans_are_kept_again_after_the_reads(postgres_url: str) -> None:
    engine = engine_for(postgres_url)
    with Session(engine) as session:
        shown = text("SHOW plan_cache_mode")
        with planned_anew(session):
            assert session.scalar(shown) == "force_custom_plan"
        assert session.scalar(shown) == "auto"
    engine.dispose()
