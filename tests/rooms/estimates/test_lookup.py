"""What holds for the estimate of any case on any night of any log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.estimates.rules import fitting
from portal.estimates.rules.backtest import standing_of
from portal.estimates.rules.fitting import fit
from portal.estimates.rules.log import log_of
from portal.estimates.rules.lookup import REASONS, Standing, closing_share, one, remaining
from portal.estimates.words import Course, Entry, Level, Withheld
from tests.rooms.estimates.synthetic import Office, World, log

if TYPE_CHECKING:
    from portal.estimates.rules.fitting import Model
    from portal.estimates.rules.log import Log
    from portal.estimates.rules.lookup import Found

START = date(2022, 1, 1)
NIGHT = START + timedelta(days=600)
SMALL = settings(max_examples=40, deadline=None)


@st.composite
def courses(draw: st.DrawFn) -> list[Course]:
    """Enough cases for an estimate, with waits that no office would have."""
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    longest, count = draw(st.sampled_from((1, 9, 90, 2000))), draw(st.integers(1, 150))
    areas, stages = draw(st.integers(1, 4)), draw(st.integers(0, 3))
    found = []
    for number in range(count):
        received = START + timedelta(days=int(random.integers(0, 700)))
        took = int(random.integers(0, longest + 1))
        entries = tuple(
            Entry(
                f"s{random.integers(0, 3)}", received + timedelta(int(random.integers(0, took + 1)))
            )
            for _ in range(stages)
        )
        closed = None if random.random() < 0.2 else received + timedelta(days=took)
        found.append(Course(case_id=str(number), area=f"a{random.integers(0, areas)}", unit="u",
                            received=received, closed=closed, entries=entries))  # fmt: skip
    return found


def answers(log: Log) -> tuple[Model, Found]:
    """The estimates of all cases open on the night."""
    night = NIGHT.toordinal()
    model = fit(log, night)
    case = np.flatnonzero((log.received <= night) & (log.closed > night))
    return model, remaining(model, standing_of(log, case, np.full(len(case), night)))


def known(all_of_them: list[Course], night: date) -> list[Course]:
    """What could be known of the cases at the end of the night."""
    return [
        replace(
            course,
            closed=course.closed if course.closed and course.closed <= night else None,
            entries=tuple(entry for entry in course.entries if entry.on <= night),
        )
        for course in all_of_them
        if course.received <= night
    ]


@given(courses())
@SMALL
def test_never_negative_and_in_order(cases: list[Course]) -> None:
    _, found = answers(log_of(cases, NIGHT))
    given_one = found.reason == 0
    low, middle, high = found.days[given_one].T
    assert np.all(low >= 0)
    assert np.all(low <= middle)
    assert np.all(middle <= high)
    assert np.all(np.isfinite(found.days[given_one]))
    assert np.all(np.isnan(found.days[~given_one]))
    assert np.all(found.closings[given_one] >= 30)


@given(courses())
@SMALL
def test_the_future_changes_nothing(cases: list[Course]) -> None:
    later, then = log_of(cases, NIGHT), log_of(known(cases, NIGHT), NIGHT)
    assert np.array_equal(answers(later)[1].days, answers(then)[1].days, equal_nan=True)


@given(courses(), st.randoms())
@SMALL
def test_the_order_of_cases_changes_nothing(cases: list[Course], random: st.DataObject) -> None:
    mixed = list(cases)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = answers(log_of(cases, NIGHT))[1], answers(log_of(mixed, NIGHT))[1]
    assert np.array_equal(first.days, second.days, equal_nan=True)


@given(courses(), st.permutations(range(4)))
@SMALL
def test_the_names_of_areas_change_nothing(cases: list[Course], names: list[int]) -> None:
    renamed = [replace(case, area=f"z{names[int(case.area[1:])]}") for case in cases]
    first, second = answers(log_of(cases, NIGHT))[1], answers(log_of(renamed, NIGHT))[1]
    assert np.array_equal(first.days, second.days, equal_nan=True)


@pytest.fixture(scope="module")
def model() -> Model:
    found = log(World(days=1500))
    return fit(found, found.last)


def standing(stage: int, stayed: int, age: int, area: int, unit: int) -> Standing:
    return Standing(*(np.array([value]) for value in (stage, stayed, age, area, unit)))


@given(st.integers(-1, 2), st.integers(0, 5000), st.integers(0, 5000), st.integers(-1, 1),
       st.integers(-1, 1))  # fmt: skip
@SMALL
def test_any_standing_has_an_answer(  # noqa: PLR0917 all that a standing is made of
    model: Model, stage: int, stayed: int, age: int, area: int, unit: int
) -> None:
    told = one(model, standing(stage, stayed, age, area, unit))
    if told.reason is None:
        assert told.low is not None
        assert told.middle is not None
        assert told.high is not None
        assert 0 <= told.low <= told.middle <= told.high
    else:
        assert told.reason in REASONS


def test_the_upper_date_of_a_waiting_case_never_comes_nearer_by_waiting(model: Model) -> None:
    ends = []
    for stayed in range(120):
        told = one(model, standing(0, stayed, 0, 0, 0))
        assert told.high is not None
        if stayed not in {7, 14, 28, 56, 91}:  # there another group takes over
            ends.append(told.high + stayed)
    assert np.all(np.diff(ends) > -3)


def test_an_area_nobody_knows_has_the_answer_of_all(model: Model) -> None:
    assert one(model, standing(0, 5, 0, -1, -1)).level is Level.AGE
    assert one(model, standing(0, 5, 0, 0, 0)).level is Level.UNIT
    assert one(model, standing(-1, 5, 0, 0, 0)).level is Level.ALL


def test_after_the_longest_wait_a_case_is_dormant(model: Model) -> None:
    told = one(model, standing(0, int(model.horizon[0]), 0, 0, 0))
    assert told.reason is Withheld.DORMANT
    assert told.high is None


def test_a_fit_in_parts_is_the_fit_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    offices = tuple(Office(f"a{n}", medians=(30.0, 60.0), units=("u", "v")) for n in range(3))
    known = log(World(offices, days=1500))
    whole = fit(known, known.last)
    monkeypatch.setattr(fitting, "STAYS", 97)
    parts = fit(known, known.last)
    for one_table, other in zip(whole.tables, parts.tables, strict=True):
        assert np.array_equal(one_table.row, other.row)
        assert np.array_equal(one_table.closings, other.closings)
        np.testing.assert_allclose(one_table.summed, other.summed, rtol=1e-6)
    assert len(whole.tables[Level.UNIT].closings) > 50  # there was something to compare


def test_ten_cases_are_too_few() -> None:
    cases = [Course(case_id=str(day), area="a", unit="u", received=START + timedelta(day),
                    closed=START + timedelta(day + 50)) for day in range(10)]  # fmt: skip
    cases.append(Course(case_id="open", area="a", unit="u", received=NIGHT, closed=None))
    found = log_of(cases, NIGHT)
    answer = answers(found)[1]
    assert REASONS[answer.reason[0]] is Withheld.TOO_FEW


def test_where_most_cases_never_close_none_is_promised() -> None:
    found = log(World((Office("a", never=0.8),), days=2500))
    told = one(fit(found, found.last), standing(0, 200, 0, 0, 0))
    assert told.reason in {Withheld.RARELY_CLOSES, Withheld.DORMANT}


def test_a_gap_of_months_gives_no_silly_date() -> None:
    whole = log(World(days=2000))
    gone = (whole.received > whole.last - 400) & (whole.received < whole.last - 200)
    kept = np.flatnonzero(~gone)
    told = answers_at(whole, kept)
    assert np.all(told.days[told.reason == 0] < 1500)


def answers_at(found: Log, case: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Found:
    open_now = case[found.closed[case] > found.last]
    return remaining(fit(found, found.last - 200),
                     standing_of(found, open_now, np.full(len(open_now), found.last)))  # fmt: skip


def test_the_share_closed_grows_with_the_days(model: Model) -> None:
    shares = [
        float(closing_share(model, standing(0, 40, 0, 0, 0), days)[0]) for days in (1, 30, 300)
    ]
    assert 0 < shares[0] < shares[1] < shares[2] <= 1
