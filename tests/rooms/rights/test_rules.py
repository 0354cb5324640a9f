"""Deadlines and days, by hand and for any day; and whose an event of a case is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.rules import kept
from portal.cases.words import (
    Addressee,
    Corrected,
    Decided,
    Event,
    Happening,
    PartyAdded,
    Received,
    RequestAnswered,
    RequestMade,
    RequestMoved,
    Role,
    Unrecognised,
)
from portal.rights.rules import begin_of, due_of, first_kept, kept_from, last_day, masked
from portal.rights.rules.events import happenings
from portal.rights.words import Period

ME, OTHER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PERIODS = st.builds(Period, days=st.integers(0, 400), months=st.integers(0, 130))


@pytest.mark.parametrize(
    ("made_at", "due"),
    [
        (datetime(2026, 11, 23, 8, tzinfo=UTC), date(2026, 12, 23)),
        (datetime(2026, 1, 31, 8, tzinfo=UTC), date(2026, 2, 28)),
        (datetime(2028, 1, 30, 8, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 12, 22)),  # a minute to midnight
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 12, 23)),
        (datetime(2026, 7, 14, 22, 30, tzinfo=UTC), date(2026, 8, 15)),  # summer time
        (datetime(2026, 12, 31, 8, tzinfo=UTC), date(2027, 1, 31)),
    ],
)
def test_an_answer_is_due_on_the_same_day_of_the_next_month(made_at: datetime, due: date) -> None:
    assert due_of(made_at) == due


@pytest.mark.parametrize(
    ("day", "period", "last"),
    [
        (date(2024, 2, 29), Period(months=12), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(months=48), date(2028, 2, 29)),
        (date(2026, 3, 31), Period(months=6), date(2026, 9, 30)),
        (date(2026, 3, 28), Period(days=1), date(2026, 3, 29)),
        (date(2026, 12, 31), Period(days=30), date(2027, 1, 30)),
        (date(2026, 5, 12), Period(), date(2026, 5, 12)),
    ],
)
def test_the_last_day(day: date, period: Period, last: date) -> None:
    assert last_day(day, period) == last
    assert first_kept(last, period) <= day
    assert first_kept(last + timedelta(days=1), period) > day


@given(DAYS, DAYS, PERIODS)
def test_what_is_kept_today_is_what_has_its_last_day_before_it(
    day: date, today: date, period: Period
) -> None:
    """The one threshold parts the days as asking each of them does."""
    assert (day >= first_kept(today, period)) == (last_day(day, period) >= today)


@pytest.mark.parametrize(
    ("now", "begin"),
    [
        # One day, across the change of the clock in March and in October.
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), datetime(2026, 3, 27, 23, tzinfo=UTC)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (datetime(2026, 3, 30, 22, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), datetime(2026, 10, 23, 22, tzinfo=UTC)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_copenhagen(now: datetime, begin: datetime) -> None:
    assert kept_from(now, Period(days=1)) == begin


def test_a_day_begins_once_whatever_the_clock_does() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        assert begin_of(day) < begin_of(day + timedelta(days=1))


def test_a_masked_number_tells_the_day_of_birth_alone() -> None:
    assert masked("6102890102") == "610289-••••"


def told(*data: Happening, role: Role = Role.COMPLAINANT, more: bool = False) -> list[bool]:
    """Whether each of these events is told with its facts."""
    events = [Event("s", str(number), NOON, one) for number, one in enumerate(data)]
    stored = [kept(one) | ({"sealed": "x"} if more else {}) for one in data]
    shown = happenings(
        [(event, NOON, row) for event, row in zip(events, stored, strict=True)], ME, role
    )
    assert all(ME not in dict(one.facts).values() for one in shown)
    return [bool(one.facts) for one in shown]


def test_what_names_another_is_not_told() -> None:
    assert told(
        Received(number="1", area="car", authority="A"),
        PartyAdded(person=ME, role="complainant"),
        PartyAdded(person=OTHER, role="party"),
        PartyAdded(person=OTHER, role="representative", acts_for=ME),
        Decided(outcome="upheld"),
    ) == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("role", "addressee", "person", "shown"),
    [
        (Role.COMPLAINANT, Addressee.COMPLAINANT, None, True),
        (Role.COMPLAINANT, Addressee.AUTHORITY, None, True),
        (Role.COMPLAINANT, Addressee.OTHER_PARTY, None, False),
        (Role.COMPLAINANT, Addressee.PARTY, OTHER, False),
        (Role.COMPLAINANT, Addressee.PARTY, ME, True),
        (Role.PARTY, Addressee.COMPLAINANT, None, False),
        (Role.PARTY, Addressee.PARTY, ME, True),
        (Role.PARTY, Addressee.PARTY, None, False),
    ],
)
def test_what_another_is_asked_is_not_told_nor_what_follows(
    role: Role,
    addressee: Addressee,
    person: UUID | None,
    shown: bool,  # noqa: FBT001 - a table
) -> None:
    asked = RequestMade(request="r", addressee=addressee, kind="medical", person=person)
    following = (RequestMoved(request="r", due=NOON.date()), RequestAnswered(request="r"))
    assert told(asked, *following, role=role) == [shown] * 3
    assert told(*following, asked, role=role) == [shown] * 3


def test_a_correction_is_told_as_what_it_corrects() -> None:
    other = PartyAdded(person=OTHER, role="party")
    assert told(other, Corrected(event="0", replaced_by=None)) == [False, False]
    swapped: dict[str, object] = {"person": str(OTHER), "role": "party"}
    mine = PartyAdded(person=ME, role="party")
    assert told(mine, Corrected(event="0", replaced_by=swapped)) == [True, False]
    assert told(mine, Corrected(event="0", replaced_by={"role": "party"})) == [True, True]


def test_what_the_portal_does_not_understand_is_told_by_its_name() -> None:
    assert told(Unrecognised(type="x-new"), more=True) == [False]
    event = Event("s", "1", NOON, Received(number="1", area="car", authority="A"))
    (one,) = happenings([(event, NOON, {**kept(event.data), "sealed": "x"})], ME, Role.COMPLAINANT)
    assert one.withheld
    assert "sealed" not in dict(one.facts)
