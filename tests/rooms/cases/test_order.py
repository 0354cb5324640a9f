"""A case is the same whatever the order in which its events came in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.rules import kept, named, packed, revived, unpacked
from portal.cases.words import Event
from tests.rooms.cases.stories import (
    ASSIGNED,
    RECEIVED,
    SOURCE,
    UPHELD,
    case,
    day,
    entered,
    fold,
    noon,
    told,
)
from tests.rooms.cases.strategies import happenings, histories

if TYPE_CHECKING:
    from portal.cases.words import Happening


@pytest.mark.properties
@settings(max_examples=150, deadline=None)
@given(histories(), st.data())
def test_any_order_of_arrival_tells_the_same_case(events: list[Event], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(events))
    assert fold(shuffled) == fold(events)


@pytest.mark.properties
@settings(max_examples=150, deadline=None)
@given(histories())
def test_a_stored_case_comes_back_as_it_was(events: list[Event]) -> None:
    state = fold(events)
    assert unpacked(packed(state)) == state


@pytest.mark.properties
@settings(max_examples=150, deadline=None)
@given(happenings)
def test_a_stored_event_comes_back_as_it_was(data: Happening) -> None:
    assert revived(named(data), kept(data)) == data


def test_what_is_not_known_takes_no_room() -> None:
    assert set(packed(case(entered("hearing")))) == {
        "stage",
        "stage_since",
        "moments",
        "last_event",
    }


def test_events_have_the_names_of_the_feed() -> None:
    assert named(RECEIVED) == "received"
    assert named(entered("hearing")) == "stage-entered"


def test_what_happened_later_counts_though_it_was_told_first() -> None:
    events = told(RECEIVED, ASSIGNED, entered("hearing"), entered("assessment"))
    assert fold(reversed(events)).stage == "assessment"
    assert fold(reversed(events)).stage_since == day(4)


def test_at_one_moment_the_source_says_what_came_first() -> None:
    at = noon(day(9))
    later = Event(SOURCE, "a", at, entered("hearing"), sequence=2)
    earlier = Event(SOURCE, "b", at, entered("assessment"), sequence=1)
    assert fold([*told(RECEIVED), later, earlier]).stage == "hearing"


def test_at_one_moment_the_usual_order_counts_where_the_source_says_none() -> None:
    at = noon(day(9))
    decision, receipt = Event(SOURCE, "a", at, UPHELD), Event(SOURCE, "b", at, RECEIVED)
    assert fold([decision, receipt]).stage == "decided"


def test_a_case_knows_its_newest_event() -> None:
    events = told(RECEIVED, ASSIGNED)
    assert fold(events).last_event == events[-1].at
    assert fold([]).last_event is None


def test_a_night_in_summer_counts_on_the_next_day() -> None:
    late = noon(day(1)).replace(month=7, day=14) + timedelta(hours=10, minutes=30)
    assert fold([Event(SOURCE, "e1", late, RECEIVED)]).received == late.date() + timedelta(days=1)


def test_the_state_of_a_case_survives_its_storing() -> None:
    state = case(RECEIVED, ASSIGNED, UPHELD)
    assert unpacked(packed(state)) == state
