"""When a decision is to be expected: what was announced, what is aimed at, and what has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal.cases.words import (
    DateAnnounced,
    Filed,
    MoveReason,
    Received,
    Reopened,
    Suspended,
    UrgencySet,
)
from portal.deadlines.rules import dates_of
from portal.deadlines.words import Limit, LimitKind, Step
from portal.explanations.words import Passage
from portal.telling.rules import page_of
from tests.rooms.cases.stories import (
    AUTHORITY,
    COMPLETED,
    FILED,
    NUMBER,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    day,
    entered,
)
from tests.rooms.telling.readers import COMPLAINANT, TODAY, card, codes, page

MAY, JUNE = date(2026, 5, 12), date(2026, 6, 9)
FIRST = DateAnnounced(on=MAY, reason="first")
TARGET = Passage("date.target", {"date": date(2026, 3, 16), "weeks": 10})  # from 5 January


def test_without_an_announced_date_none_is_claimed() -> None:
    assert page(case(RECEIVED)).dates == (Passage("date.none"), TARGET)


@pytest.mark.parametrize(
    ("today", "code"), [(MAY, "date.announced"), (date(2026, 5, 13), "date.announced_passed")]
)
def test_an_announced_date_is_never_left_standing_when_it_has_passed(
    today: date, code: str
) -> None:
    told = page(case(RECEIVED, FIRST), today)
    assert told.dates[0] == Passage(code, {"date": MAY})
    assert card(case(RECEIVED, FIRST), today).expected == told.dates[0]


def test_a_date_that_moved_keeps_its_history_and_reasons() -> None:
    moves = [
        DateAnnounced(on=JUNE, reason="medical"),
        DateAnnounced(on=date(2026, 7, 1), reason="zz_new"),
    ]
    told = page(case(RECEIVED, FIRST, *moves))
    assert told.dates[0] == Passage("date.announced", {"date": date(2026, 7, 1)})
    assert told.date_history == (
        Passage("date.first", {"date": MAY, "said": day(2)}),
        Passage("date.moved.medical", {"old": MAY, "date": JUNE, "said": day(3)}),
        Passage("date.moved.unknown", {"old": JUNE, "date": date(2026, 7, 1), "said": day(4)}),
    )


@pytest.mark.parametrize("reason", MoveReason)
def test_every_reason_to_move_a_date_has_its_words(reason: MoveReason) -> None:
    told = page(case(RECEIVED, FIRST, DateAnnounced(on=JUNE, reason=reason)))
    assert codes(told.date_history) == ["date.first", f"date.moved.{reason}"]


@pytest.mark.parametrize("ended", [UPHELD, RETURNED, COMPLETED])
def test_an_ended_case_expects_no_decision(ended: object) -> None:
    told = page(case(RECEIVED, FIRST, ended))  # type: ignore[arg-type]  # one of the happenings
    assert (told.dates, told.date_history) == ((), ())


def test_a_passed_target_is_told_as_passed() -> None:
    told = page(case(RECEIVED), date(2026, 3, 17))
    assert told.dates[1] == Passage("date.target_passed", {"date": date(2026, 3, 16), "weeks": 10})
    assert page(case(RECEIVED), date(2026, 3, 16)).dates[1] == TARGET


def test_an_average_names_weeks_and_no_day() -> None:
    state = case(Received(number=NUMBER, area="flex_job", authority=AUTHORITY))
    assert page(state).dates[1] == Passage("date.target_average", {"weeks": 13})


def test_an_area_without_a_target_says_so() -> None:
    state = case(Received(number=NUMBER, area="work_injury", authority=AUTHORITY))
    assert page(state).dates == (Passage("date.none"), Passage("date.no_target"))


@pytest.mark.parametrize(
    ("today", "code"), [(day(15), "date.limit"), (date(2026, 1, 20), "date.limit_passed")]
)
def test_a_limit_of_law_stands_before_the_target(today: date, code: str) -> None:
    law = Limit(
        code="x",
        kind=LimitKind.STATUTORY,
        step=Step.DECISION,
        source="§ 1",
        valid_from=date(2020, 1, 1),
        weeks=2,
    )
    state = case(RECEIVED)
    dates = dates_of(state, (law,), today)
    told = page_of(state, dates, COMPLAINANT, today)
    assert told.dates[1:] == (
        Passage(code, {"date": day(15), "weeks": 2}),
        Passage("date.no_target"),
    )
    average = replace(dates, statutory=replace(dates.statutory, on=None))  # type: ignore[type-var]
    assert codes(page_of(state, average, COMPLAINANT, today).dates)[1:] == ["date.no_target"]


@pytest.mark.parametrize(
    ("today", "code"),
    [(date(2026, 3, 2), "date.reassessment"), (date(2026, 3, 3), "date.reassessment_late")],
)
def test_the_authoritys_last_day_is_told_and_when_it_has_passed(today: date, code: str) -> None:
    filed = Filed(authority=AUTHORITY, area="car", on=date(2026, 2, 2))
    assert page(case(filed), today).dates == (Passage(code, {"date": date(2026, 3, 2)}),)


def test_a_resting_case_says_since_when_and_nothing_else() -> None:
    told = page(case(RECEIVED, FIRST, Suspended(reason="court_case")))
    assert told.dates == (Passage("date.suspended", {"date": day(3)}),)


def test_an_unclear_case_names_no_date() -> None:
    assert page(case(RECEIVED, FIRST, entered("zz_new"))).dates == ()
    assert page(case(FILED, entered("zz_new"))).dates == ()


def test_a_new_clock_and_urgency_are_told_last() -> None:
    told = page(case(RECEIVED, UPHELD, Reopened(), UrgencySet(urgent=True)), TODAY)
    assert told.dates[-2:] == (
        Passage("date.restarted", {"date": day(3)}),
        Passage("date.urgent"),
    )
