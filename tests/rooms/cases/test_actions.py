"""Events are added once, folded together with what was known, and never lost to a race."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.cases.actions import record, refold
from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cases.queries import events_of
from portal.cases.rules import VERSION, unpacked
from portal.cases.words import Event, PartyAdded, PartyEnded, Unrecognised, Withheld
from tests.rooms.cases.conftest import furnished
from tests.rooms.cases.stories import (
    ASSIGNED,
    BENT,
    INCOME,
    KAREN,
    RECEIVED,
    SOURCE,
    UPHELD,
    day,
    entered,
    fold,
    noon,
    told,
)
from tests.rooms.cases.strategies import histories

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.cases.words import State

pytestmark = pytest.mark.stored
NOW = noon(day(40))
EVENTS = told(RECEIVED, ASSIGNED, entered("hearing"))


def state_of(session: Session, case_id: UUID) -> State:
    return unpacked(session.execute(select(Case.state).where(Case.id == case_id)).scalar_one())


def test_what_is_told_becomes_a_case(session: Session) -> None:
    done = record(session, SOURCE, "26-1", EVENTS, NOW)
    assert (done.added, done.known) == (3, 0)
    assert state_of(session, done.case) == fold(EVENTS)
    row = session.execute(select(Case.version, Case.changed_at, Case.withheld)).one()
    assert tuple(row) == (VERSION, NOW, False)


def test_telling_it_again_changes_nothing(session: Session) -> None:
    first = record(session, SOURCE, "26-1", EVENTS, NOW)
    again = record(session, SOURCE, "26-1", EVENTS, noon(day(50)))
    assert (again.case, again.added, again.known) == (first.case, 0, 3)
    assert session.scalar(select(Case.changed_at)) == NOW
    assert session.scalar(select(func.count()).select_from(CaseEvent)) == 3


def test_the_first_telling_of_an_id_counts(session: Session) -> None:
    other = replace(EVENTS[2], data=UPHELD)
    done = record(session, SOURCE, "26-1", [*EVENTS, other], NOW)
    assert (done.added, done.known) == (3, 1)
    assert state_of(session, done.case).stage == "hearing"


def test_what_comes_in_late_is_folded_into_its_place(session: Session) -> None:
    record(session, SOURCE, "26-1", EVENTS[1:], NOW)
    done = record(session, SOURCE, "26-1", EVENTS[:1], NOW)
    assert state_of(session, done.case) == fold(EVENTS)


def test_two_cases_of_one_name_at_two_sources_are_two(session: Session) -> None:
    ours = record(session, SOURCE, "26-1", EVENTS, NOW)
    theirs = [replace(event, source="https://other.example/") for event in EVENTS[:1]]
    other = record(session, "https://other.example/", "26-1", theirs, NOW)
    assert ours.case != other.case
    assert state_of(session, other.case).stage == "queued"


def test_an_event_without_words_is_kept_with_its_raw_data(session: Session) -> None:
    strange = told(Unrecognised(type="fee-charged"), first=4)
    record(session, SOURCE, "26-1", [*EVENTS, *strange], NOW, {"e4": {"amount": 300}})
    kept = session.execute(select(CaseEvent.type, CaseEvent.data, CaseEvent.recorded_at)
                           .where(CaseEvent.event == "e4")).one()  # fmt: skip
    assert tuple(kept) == ("fee-charged", {"amount": 300}, NOW)
    assert session.scalar(select(Case.unknown_codes)) == 1


def test_a_withheld_case_is_marked_so_in_its_row(session: Session) -> None:
    record(session, SOURCE, "26-1", told(RECEIVED, Withheld(reason="protected_address")), NOW)
    assert session.scalar(select(Case.withheld)) is True


def test_the_parties_are_those_that_the_events_name(session: Session) -> None:
    came = told(
        PartyAdded(person=KAREN, role="complainant"),
        PartyAdded(person=BENT, role="parent", relation="far", acts_for=KAREN),
        RECEIVED,
    )
    record(session, SOURCE, "26-1", came, NOW)
    went = told(PartyEnded(person=BENT, role="parent", until=day(9)), first=4)
    record(session, SOURCE, "26-1", went, NOW)
    columns = select(CaseParty.person_id, CaseParty.role, CaseParty.acts_for, CaseParty.relation,
                     CaseParty.since, CaseParty.until).order_by(CaseParty.role)  # fmt: skip
    assert [tuple(row) for row in session.execute(columns)] == [
        (KAREN, "complainant", None, None, day(1), None),
        (BENT, "parent", KAREN, "far", day(2), day(9)),
    ]


def test_stored_events_come_back_as_they_were_told(session: Session) -> None:
    done = record(session, SOURCE, "26-1", [*EVENTS, *told(INCOME, first=4)], NOW)
    assert events_of(session, done.case) == [*EVENTS, *told(INCOME, first=4)]


def test_a_case_is_folded_anew_after_the_rules_have_changed(session: Session) -> None:
    done = record(session, SOURCE, "26-1", EVENTS, NOW)
    session.execute(update(Case).values(state={}, version=VERSION - 1))
    refold(session, done.case, noon(day(60)))
    assert state_of(session, done.case) == fold(EVENTS)
    row = session.execute(select(Case.version, Case.changed_at)).one()
    assert tuple(row) == (VERSION, noon(day(60)))


def test_what_is_rolled_back_to_a_savepoint_was_never_told(session: Session) -> None:
    kept = record(session, SOURCE, "26-1", EVENTS[:1], NOW)
    savepoint = session.begin_nested()
    record(session, SOURCE, "26-1", EVENTS[1:], NOW)
    savepoint.rollback()
    assert state_of(session, kept.case) == fold(EVENTS[:1])
    session.commit()
    assert record(session, SOURCE, "26-1", EVENTS, NOW).added == 2


def test_nothing_is_stored_before_the_door_commits(engine: Engine) -> None:
    with Session(engine) as session:
        record(session, SOURCE, "26-1", EVENTS, NOW)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_two_writers_at_once_lose_nothing(postgres_url: str) -> None:
    engine = furnished(postgres_url)
    begin = threading.Barrier(2)
    counts: list[int] = []

    def write(events: list[Event]) -> None:
        with Session(engine) as session:
            begin.wait(timeout=10)
            counts.append(record(session, SOURCE, "26-1", events, NOW).added)
            session.commit()

    writers = [threading.Thread(target=write, args=(part,)) for part in (EVENTS[:2], EVENTS[1:])]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=20)
    with Session(engine) as session:
        assert sum(counts) == 3
        case_id = session.scalars(select(Case.id)).one()
        assert state_of(session, case_id) == fold(EVENTS)
    engine.dispose()


@pytest.mark.properties
def test_any_split_order_and_repetition_tells_the_same_case(tmp_path: Path) -> None:
    engine = furnished(f"sqlite:///{tmp_path / 'any.db'}")

    @settings(max_examples=60, deadline=None)
    @given(histories(), st.data())
    def holds(events: list[Event], data: st.DataObject) -> None:
        repeated = events + data.draw(st.lists(st.sampled_from(events), max_size=4))
        shuffled = data.draw(st.permutations(repeated))
        cut = data.draw(st.integers(0, len(shuffled)))
        with Session(engine) as session:
            for part in (shuffled[:cut], shuffled[cut:]):
                done = record(session, SOURCE, "26-1", part, NOW)
            assert state_of(session, done.case) == fold(events)

    holds()
    engine.dispose()
