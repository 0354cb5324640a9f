"""Small sums: by when a word is owed, which quarter, which checks are due, what the alarms are."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.deadlines.queries import limits
from portal.estimates.rules.figures import (
    AGAIN,
    BANDS,
    band_of,
    quarter_before,
    targets_met,
    word_by,
    year_before,
)
from portal.estimates.rules.judging import GROWN, alarms_from, monthly_checks, months_due
from portal.estimates.rules.saying import EVERYWHERE
from portal.estimates.words import Check, Met, Withheld
from tests.rooms.estimates.synthetic import Office, World, log

days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(days, st.integers(-100, 1000))
def test_the_next_word_is_never_in_the_past_nor_far_away(last: date, late: int) -> None:
    today = last + timedelta(days=late)
    word = word_by(last, today)
    assert word >= today
    assert word == last if late <= 0 else word - today < AGAIN


@given(days)
def test_the_last_quarter_is_whole_and_over(today: date) -> None:
    first, end = quarter_before(today)
    assert (first.day, end.day, first.month % 3, end.month % 3) == (1, 1, 1, 1)
    assert end <= today < end + timedelta(93)
    assert 89 < (end - first).days < 93
    assert year_before(today).day == 1
    assert 330 < (today - year_before(today)).days < 367


@given(st.integers(-5, 5000))
def test_each_age_has_its_band(age: int) -> None:
    band = band_of(age)
    assert band in BANDS
    assert band <= max(age, 0)


@pytest.mark.parametrize(
    ("last", "night", "due"),
    [
        (None, date(2026, 1, 30), []),
        (None, date(2026, 1, 31), [date(2026, 2, 1)]),
        (date(2026, 2, 1), date(2026, 2, 27), []),
        (date(2026, 2, 1), date(2026, 2, 28), [date(2026, 3, 1)]),
        (date(2025, 11, 1), date(2026, 1, 15), [date(2025, 12, 1), date(2026, 1, 1)]),
    ],
)
def test_a_check_is_made_once_also_where_nights_were_left_out(
    last: date | None, night: date, due: list[date]
) -> None:
    assert months_due(last, night) == due


def good(on: date) -> Check:
    return Check(on, 60, 60.0, 90, 100, 100.0)


def checks(*last: Check) -> dict[date, dict[str, Check]]:
    past = [date(2024, month, 1) for month in range(1, 13)]
    return {**{on: {"a": good(on), "b": good(on)} for on in past},
            **{one.on: {"a": one, "b": good(one.on)} for one in last}}  # fmt: skip


FIRST, SECOND = date(2025, 1, 1), date(2025, 2, 1)


def test_an_alarm_follows_from_two_bad_checks_in_its_own_area() -> None:
    few = {on: Check(on, 10, 60.0, 90, 100, 100.0) for on in (FIRST, SECOND)}
    assert alarms_from(checks(few[FIRST]))["a"].reason is None
    found = alarms_from(checks(few[FIRST], few[SECOND]))
    assert (found["a"].reason, found["a"].since) == (Withheld.PACE, SECOND)
    assert found["b"].reason is None
    missed = {on: Check(on, 60, 60.0, 50, 100, 100.0) for on in (FIRST, SECOND)}
    assert alarms_from(checks(*missed.values()))["a"].reason is Withheld.COVERAGE


def test_an_area_that_was_not_checked_is_judged_with_all() -> None:
    few = [Check(on, 10, 400.0, 0, 0, 0.0) for on in (FIRST, SECOND)]
    found = alarms_from(checks(*few))
    assert found[EVERYWHERE].reason is Withheld.PACE
    assert alarms_from({})[EVERYWHERE].reason is None


def test_a_young_ledger_is_not_what_coverage_is_judged_by() -> None:
    known = log(World(days=1600))
    on = date.fromordinal(known.last).replace(day=1)
    held = {"a": (5, 200, 200.0)}
    young = monthly_checks(known, on, on - timedelta(30), held)
    assert young["a"].scored > 100
    assert young["a"].held > 0.7 * young["a"].scored
    grown = monthly_checks(known, on, on - GROWN, held)
    assert (grown["a"].held, grown["a"].scored) == (5, 200)
    assert grown["b"].scored == 0
    assert (grown["a"].observed, grown["a"].expected) == (young["a"].observed, young["a"].expected)


def test_how_often_a_target_is_met_is_counted_where_there_is_enough() -> None:
    offices = (
        Office("sickness_benefit", medians=(20.0,)),
        Office("car", rate=0.01),
        Office("zz_new"),
    )
    known = log(World(offices, days=1200))
    met = targets_met(known, limits(), date.fromordinal(known.last))
    assert set(met) == {"sickness_benefit"}
    found = met["sickness_benefit"]
    took = (known.closed - known.received)[
        (known.area == known.areas.index("sickness_benefit"))
        & (known.closed <= known.last)
        & (known.closed > known.last - 365)
    ]
    assert found == Met(found.weeks, len(took), int(np.count_nonzero(took <= 7 * found.weeks)))
