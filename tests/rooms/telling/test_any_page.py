"""What holds for the page of any case, read by anybody, on any day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.words import Role
from portal.explanations.words import CODES
from portal.telling.rules import ACTING, is_asked
from portal.telling.words import Reader
from tests.rooms.cases.stories import fold
from tests.rooms.cases.strategies import histories, persons
from tests.rooms.telling.readers import card, codes, page, passages

if TYPE_CHECKING:
    from portal.cases.words import Event

OVER = {"decided", "returned", "closed"}
days = st.dates(date(2025, 1, 1), date(2028, 12, 31))
readers = st.builds(
    lambda person, role, acts_for, name: Reader(
        person,
        role,
        acts_for if role in ACTING else frozenset(),
        name if role in ACTING and acts_for else None,
    ),
    persons,
    st.sampled_from(Role),
    st.frozensets(persons, max_size=2),
    st.none() | st.just("Karen <Eksempel>"),
)
pytestmark = pytest.mark.properties


@settings(max_examples=600, deadline=None)
@given(histories(), readers, days)
def test_everything_said_has_a_text_and_exactly_its_values(
    events: list[Event], reader: Reader, today: date
) -> None:
    state = fold(events)
    for passage in (*passages(page(state, today, reader)), *passages(card(state, today, reader))):
        assert passage.code in CODES
        assert passage.values.keys() == CODES[passage.code], passage.code
        assert None not in passage.values.values(), passage


@settings(max_examples=400, deadline=None)
@given(histories(), readers, days)
def test_the_card_and_the_page_agree(events: list[Event], reader: Reader, today: date) -> None:
    state = fold(events)
    told, listed = page(state, today, reader), card(state, today, reader)
    assert (listed.heading, listed.badge, listed.banner) == (told.heading, told.badge, told.banner)
    assert listed.now == told.now[0]
    assert listed.expected == (told.dates[0] if told.dates else None)
    assert listed.task == (told.tasks[0] if told.tasks else None)
    assert listed.audience == told.audience


@settings(max_examples=400, deadline=None)
@given(histories(), readers, days)
def test_what_may_come_and_nothing_to_do_are_said_only_where_that_is_known(
    events: list[Event], reader: Reader, today: date
) -> None:
    state = fold(events)
    told = page(state, today, reader)
    if state.stage_unclear or state.stage is None or state.suspended or state.stage in OVER:
        assert "maybe" not in {line.kind for line in told.timeline}
        assert told.nothing is None
    if state.unknown or told.tasks:
        assert told.nothing is None


@settings(max_examples=400, deadline=None)
@given(histories(), readers, days)
def test_nobody_is_shown_what_another_is_asked_for(
    events: list[Event], reader: Reader, today: date
) -> None:
    state = fold(events)
    mine = {request.request for request in state.requests if is_asked(state, request, reader)}
    assert {task.key for task in page(state, today, reader).tasks} <= mine


@settings(max_examples=400, deadline=None)
@given(histories(), readers, days)
def test_no_day_that_has_passed_is_told_as_one_to_come(
    events: list[Event], reader: Reader, today: date
) -> None:
    told = page(fold(events), today, reader)
    coming = {"date.announced", "date.target", "date.reassessment", "date.limit", "after.ombudsman"}
    coming |= {"again.complain_until"}
    for passage in passages(told):
        for name in ("date", "due", "until"):
            value = passage.values.get(name)
            to_come = passage.code in coming or passage.code.endswith((".due", "_until"))
            assert not (to_come and isinstance(value, date) and value < today), passage


@settings(max_examples=400, deadline=None)
@given(histories(), readers, days)
def test_a_page_is_never_silent_about_now(events: list[Event], reader: Reader, today: date) -> None:
    told = page(fold(events), today, reader)
    assert told.now
    assert codes(told.holder)
