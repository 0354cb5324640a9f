"""Days, working days and holidays, against a calendar made by hand from the almanac."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.clock import add_working_days, day_of, is_working_day, local, now, working_day_from

CLOSED = {
    "2026": ("01-01", "04-02", "04-03", "04-05", "04-06", "05-14", "05-24", "05-25", "06-05"),
    "2027": ("01-01", "03-25", "03-26", "03-28", "03-29", "05-06", "05-16", "05-17", "06-05"),
}
CHRISTMAS = ("12-24", "12-25", "12-26", "12-31")


def almanac(year: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for day in (*CLOSED[year], *CHRISTMAS)}


@pytest.mark.parametrize("year", ["2026", "2027"])
def test_a_whole_year_agrees_with_the_almanac(year: str) -> None:
    days = [date(int(year), 1, 1) + timedelta(days=number) for number in range(365)]
    expected = [day for day in days if day.isoweekday() <= 5 and day not in almanac(year)]
    assert [day for day in days if is_working_day(day)] == expected


def test_store_bededag_is_a_working_day_from_2024() -> None:
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))
    assert is_working_day(date(2026, 5, 1))


@pytest.mark.parametrize(
    ("last", "rolled"),
    [
        ("2026-03-04", "2026-03-04"),  # a Wednesday
        ("2026-01-31", "2026-02-02"),  # Saturday
        ("2026-02-01", "2026-02-02"),  # Sunday
        ("2026-04-02", "2026-04-07"),  # Maundy Thursday: over the whole of Easter
        ("2026-05-14", "2026-05-15"),  # Ascension Day: the Friday after it is an ordinary one
        ("2026-05-23", "2026-05-26"),  # Whitsun
        ("2026-06-05", "2026-06-08"),  # Constitution Day
        ("2026-12-24", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
    ],
)
def test_a_last_day_rolls_over_to_a_working_day(last: str, rolled: str) -> None:
    assert working_day_from(date.fromisoformat(last)) == date.fromisoformat(rolled)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-03-04", 0, "2026-03-04"),
        ("2026-03-07", 0, "2026-03-07"),  # nothing to count, so a Saturday stays
        ("2026-03-04", 1, "2026-03-05"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-04-01", 2, "2026-04-08"),
        ("2026-12-23", 3, "2026-12-30"),
    ],
)
def test_working_days_are_counted_from_the_next_day(day: str, count: int, expected: str) -> None:
    assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(expected)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2026, 3, 4), -1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-14T21:59:59+00:00", "2026-07-14"),
        ("2026-07-14T22:00:00+00:00", "2026-07-15"),
        ("2026-07-14T22:30:00+00:00", "2026-07-15"),
        ("2026-01-14T22:30:00+00:00", "2026-01-14"),
        ("2026-01-14T23:00:00+00:00", "2026-01-15"),
        ("2026-03-28T23:30:00+00:00", "2026-03-29"),  # the last winter night
        ("2026-03-29T22:30:00+00:00", "2026-03-30"),  # the first summer one
        ("2026-10-25T22:30:00+00:00", "2026-10-25"),  # and winter again
        ("2026-07-14T20:30:00-03:00", "2026-07-15"),  # told from elsewhere
    ],
)
def test_a_moment_counts_on_the_day_that_it_is_in_copenhagen(moment: str, day: str) -> None:
    assert day_of(datetime.fromisoformat(moment)) == date.fromisoformat(day)


def test_the_clock_in_copenhagen_is_two_hours_ahead_in_summer_and_one_in_winter() -> None:
    assert local(datetime(2026, 7, 1, 12, tzinfo=UTC)).hour == 14
    assert local(datetime(2026, 1, 1, 12, tzinfo=UTC)).hour == 13


def test_the_present_is_told_in_utc() -> None:
    assert now().utcoffset() == timedelta(0)
    assert abs(now().timestamp() - datetime.now(UTC).timestamp()) < 5
