from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.cases.queries import cases_of, codes_without_words, hidden_from
from portal.cases.words import Addressee, AgainResult, Ending, Outcome, Stage, SuspensionReason
from portal.cli.demo.people import citizens, employees
from portal.cli.demo.stories import SOURCES, day, feed
from portal.clock import day_of, is_working_day
from portal.db import Base, engine_for
from portal.feed.queries import statuses
from portal.feed.rules import parsed
from portal.feed.words import Rejected
from portal.identity.words import StaffRole
from portal.settings import Key
from portal.vault import DAYS, normalised
from tests.cast import enter, person_ids
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from portal.cases.words import State

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = day_of(NOW)


@pytest.fixture(scope="module")
def stage() -> Iterator[tuple[Session, dict[str, UUID]]]:
    """The whole cast in a database, and the persons by their short names."""
    vault = vault_with(Key("cpr", b"c" * 32), Key("data", b"d" * 32))
    engine = engine_for("sqlite://")
    Base.metadata.create_all(engine)
    enter(engine, vault, NOW)
    with Session(engine) as session:
        yield session, person_ids(session, vault, NOW)
    engine.dispose()


@pytest.fixture(scope="module")
def seen(stage: tuple[Session, dict[str, UUID]]) -> dict[str, list[State]]:
    """What each person sees."""
    session, people = stage
    return {
        key: [case.state for case in cases_of(session, person, TODAY)]
        for key, person in people.items()
    }


@pytest.fixture(scope="module")
def states(seen: dict[str, list[State]]) -> list[State]:
    return [state for mine in seen.values() for state in mine]


def test_nobody_of_the_cast_can_exist() -> None:
    numbers = [one.cpr for one in citizens().values()]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert normalised(number) == number
        assert int(number[:2]) in DAYS - set(range(1, 32))


def test_every_story_can_be_told_on_any_day() -> None:
    for days in range(0, 400, 3):
        now = NOW + timedelta(days=days)
        assert not [one for one in feed(now) if isinstance(parsed(one, now), Rejected)]


@settings(max_examples=60)
@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_days_of_a_story_are_working_days_in_their_order(today: date, offset: int) -> None:
    told = day(today, offset)
    assert is_working_day(told) or offset == 0
    assert (told > today) == (offset > 0)
    assert day(today, offset - 1) <= told


def test_the_cast_shows_every_situation(states: list[State]) -> None:
    assert {state.stage for state in states} == set(Stage)
    decisions = [state.decision for state in states if state.decision]
    assert {decision.outcome for decision in decisions} > set(Outcome)
    assert {decision.favours for decision in decisions} == {
        None, "complainant", "authority", "partly",
    }  # fmt: skip
    assert any(len(decision.issues) > 1 for decision in decisions)
    assert {state.suspended for state in states} > set(SuspensionReason)
    assert {state.ending for state in states} > set(Ending)
    assert {state.decided_again.result for state in states if state.decided_again} == set(
        AgainResult
    )
    asked = [request for state in states for request in state.requests]
    assert {request.addressee for request in asked} > set(Addressee)
    for mine in ("complainant", "other"):
        dues = [request.due for request in asked if (request.addressee == "complainant")
                == (mine == "complainant")]  # fmt: skip
        assert any(due and due < TODAY for due in dues)
        assert any(due and due > TODAY for due in dues)
    assert any(request.due is None for request in asked)
    assert any(request.moved_from for request in asked)
    assert any(len(state.announced) == 3 for state in states)
    assert any(state.announced and state.announced[-1].on < TODAY for state in states)
    assert any(state.announced and state.announced[-1].on > TODAY for state in states)
    returned = [state.decision.authority_due for state in states
                if state.stage is Stage.RETURNED and state.decision]  # fmt: skip
    assert None in returned
    assert any(due and due < TODAY for due in returned)
    assert any(due and due > TODAY for due in returned)
    assert {link.kind for state in states for link in state.links} == {"continues", "same_matter"}
    for fact in ("urgent", "meeting", "reopening_requested", "reopening_refused", "reopened",
                 "stage_unclear"):  # fmt: skip
        assert any(getattr(state, fact) for state in states), fact


def test_each_sees_what_the_list_says(
    stage: tuple[Session, dict[str, UUID]], seen: dict[str, list[State]]
) -> None:
    session, people = stage
    empty = {key for key, mine in seen.items() if not mine}
    assert empty == {"noor", "palle", "rosa"}
    hidden = {key for key, person in people.items() if hidden_from(session, person, TODAY)}
    assert hidden == {"camilla", "palle", "rosa", "thi"}
    assert len(seen["advokat"]) == 40
    assert [state.stage for state in seen["bjorn"]].count(Stage.REASSESSMENT) == 1
    assert len({party.person for state in seen["thi"] for party in state.parties}) == 3
    assert len(seen["camilla"]) == 1
    assert len(seen["maja"]) == 2


def test_codes_without_words_are_shown_to_their_owner(
    stage: tuple[Session, dict[str, UUID]],
) -> None:
    found = {code.kind for code in codes_without_words(stage[0])}
    assert found == {
        "stage", "outcome", "event", "area", "addressee", "request", "move", "suspension", "ending",
    }  # fmt: skip


def test_one_source_has_gone_silent(stage: tuple[Session, dict[str, UUID]]) -> None:
    found = {status.source: status.silent for status in statuses(stage[0], NOW)}
    assert found == {SOURCES["board"][0]: False, SOURCES["silent"][0]: True}


def test_staff_have_roles_that_exist_and_one_that_does_not() -> None:
    roles = {role for one in employees().values() for role in one.roles}
    assert roles > set(StaffRole)
