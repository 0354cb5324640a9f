"""From what was told of a case to its course."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cases.words import (
    Closed,
    Corrected,
    Decided,
    DecisionWithdrawn,
    Event,
    Received,
    Reopened,
    Resumed,
    StageEntered,
    Suspended,
    UrgencySet,
)
from portal.clock import day_of
from portal.estimates.rules.courses import courses_of
from portal.estimates.rules.log import log_of, merged
from tests.rooms.cases.stories import ASSIGNED, AUTHORITY, FILED, RECEIVED, UPHELD, day, told
from tests.rooms.cases.strategies import histories

if TYPE_CHECKING:
    from random import Random

    from portal.cases.words import Happening
    from portal.estimates.words import Course


def courses(*happened: Happening) -> list[Course]:
    return courses_of("x", told(*happened), day_of)


def stages(course: Course) -> list[tuple[str, date]]:
    return [(entry.stage, entry.on) for entry in course.entries]


def test_the_clock_runs_from_receipt_to_decision() -> None:
    (course,) = courses(FILED, RECEIVED, ASSIGNED, StageEntered(stage="assessment"), UPHELD)
    assert (course.area, course.unit) == ("sickness_benefit", AUTHORITY)
    assert (course.received, course.closed) == (day(2), day(5))
    assert stages(course) == [("queued", day(2)), ("clarification", day(3)), ("assessment", day(4))]


def test_a_case_that_only_the_authority_has_had_tells_nothing() -> None:
    assert courses(FILED, Closed(reason="authority_changed")) == []


def test_suspension_is_a_stage_of_its_own() -> None:
    pause = Suspended(reason="court_case")
    (course,) = courses(RECEIVED, ASSIGNED, pause, StageEntered(stage="hearing"), Resumed())
    assert stages(course)[2:] == [("suspended", day(3)), ("hearing", day(5))]


def test_reopening_starts_the_clock_anew_without_haste() -> None:
    first, second = courses(RECEIVED, UrgencySet(urgent=True), UPHELD, Reopened())
    assert (first.received, first.closed, second.received) == (day(1), day(3), day(4))
    assert not second.urgent
    assert courses(RECEIVED, UrgencySet(urgent=True))[0].urgent


def test_a_decision_taken_back_stops_no_clock() -> None:
    (course,) = courses(RECEIVED, ASSIGNED, UPHELD, DecisionWithdrawn())
    assert course.closed is None
    assert stages(course)[-1] == ("clarification", day(4))


@pytest.mark.parametrize(
    ("on", "closed"),
    [(day(2), day(2)), (day(9), day(3)), (date(2020, 1, 1), day(3)), (None, day(3))],
)
def test_a_day_that_cannot_be_is_not_believed(on: date | None, closed: date) -> None:
    (course,) = courses(RECEIVED, ASSIGNED, Decided(outcome="upheld", on=on))
    assert course.closed == closed
    early = Received(number="1", area="car", authority="x", on=day(7))
    assert courses(early)[0].received == day(1)


def test_a_correction_counts_from_the_event_that_it_mends() -> None:
    events = told(RECEIVED, UPHELD, Corrected(event="e2"))
    assert courses_of("x", events, day_of)[0].closed is None


def test_of_two_stages_in_a_day_the_later_one_counts() -> None:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    happened: tuple[Happening, ...] = (RECEIVED, ASSIGNED, StageEntered(stage="hearing"))
    events = [
        Event("s", str(hour), at + timedelta(hours=hour), data)
        for hour, data in enumerate(happened)
    ]
    (course,) = courses_of("x", events, day_of)
    assert stages(course) == [("hearing", date(2026, 1, 5))]
    found = log_of([course], date(2026, 2, 1))
    assert [found.stages[code] for code in found.stage] == ["hearing"]


@pytest.mark.properties
@settings(max_examples=300, deadline=None)
@given(histories(), st.randoms())
def test_the_order_of_telling_changes_nothing(events: list[Event], random: Random) -> None:
    mixed = list(events)
    random.shuffle(mixed)
    found = courses_of("x", events, day_of)
    assert courses_of("x", mixed, day_of) == found
    for course in found:
        assert course.closed is None or course.closed >= course.received
    assert all(one.closed for one in found[:-1])


def test_a_log_in_parts_is_the_log() -> None:
    plain = courses(RECEIVED, ASSIGNED, UPHELD)[0]
    made = [
        replace(plain, case_id=f"{number:03}", area=f"a{number % 5}", unit=f"u{number % 3}",
                urgent=number % 7 == 0, entries=plain.entries[: 1 + number % 2])
        for number in range(60)
    ]  # fmt: skip
    whole = log_of(made, day(40))
    joined = merged([log_of(made[:20], day(40)), log_of([], day(40)), log_of(made[20:], day(40))],
                    day(40))  # fmt: skip
    for name in ("ids", "areas", "units", "stages", "last"):
        assert getattr(joined, name) == getattr(whole, name), name
    for name in ("area", "unit", "received", "closed", "case", "stage", "begin", "end", "urgent"):
        assert (getattr(joined, name) == getattr(whole, name)).all(), name
