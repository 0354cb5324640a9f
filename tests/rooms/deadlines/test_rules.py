"""Which dates count for a case today; the expected days were worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from portal.cases.words import (
    Area,
    DateAnnounced,
    Decided,
    DecisionWithdrawn,
    Filed,
    Received,
    Reopened,
    State,
)
from portal.deadlines.queries import limits
from portal.deadlines.rules import dates_of, last_day
from portal.deadlines.words import Basis, Dates, Limit, LimitKind, Step
from tests.rooms.cases.stories import (
    AUTHORITY,
    COMPLETED,
    FILED,
    NUMBER,
    RECEIVED,
    RETURNED,
    UPHELD,
    case,
    decided,
    entered,
)

LIMITS = limits()
EARLY = date(2020, 1, 1)  # before all last days in these tests
LATE = date(2035, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def filed(on: str, area: str = "sickness_benefit") -> State:
    return case(Filed(authority=AUTHORITY, area=area, on=day(on)))


def received(on: str, area: str = "sickness_benefit") -> State:
    return case(Received(number=NUMBER, area=area, authority=AUTHORITY, on=day(on)))


def limit(kind: LimitKind = LimitKind.STATUTORY, **parts: object) -> Limit:
    known = {"code": "x", "step": Step.DECISION, "source": "§ 1", "valid_from": EARLY, "weeks": 2}
    return Limit(kind=kind, **(known | parts))  # type: ignore[arg-type]  # one test, one part


@pytest.mark.parametrize(
    ("complained", "last"),
    [
        ("2026-02-02", "2026-03-02"),
        ("2026-01-03", "2026-02-02"),  # a Saturday
        ("2026-03-05", "2026-04-07"),  # Maundy Thursday, and then all of Easter
        ("2026-05-08", "2026-06-08"),  # Constitution Day, a Friday
        ("2026-11-26", "2026-12-28"),  # Christmas Eve
        ("2026-12-03", "2027-01-04"),  # New Year's Eve
        ("2023-04-07", "2023-05-08"),  # Store bededag, while there was one
        ("2024-03-29", "2024-04-26"),  # and when it was no more
    ],
)
def test_the_authority_has_four_weeks_and_until_a_working_day(complained: str, last: str) -> None:
    found = dates_of(filed(complained), LIMITS, day(complained)).reassessment
    assert found
    assert (found.on, found.passed, found.limit.code) == (day(last), False, "reassessment")


def test_the_last_day_itself_is_not_late_and_the_next_day_is() -> None:
    on_time = dates_of(filed("2026-02-02"), LIMITS, day("2026-03-02")).reassessment
    late = dates_of(filed("2026-02-02"), LIMITS, day("2026-03-03")).reassessment
    assert on_time
    assert late
    assert (on_time.passed, late.passed) == (False, True)


def test_while_the_authority_has_the_case_no_other_date_counts() -> None:
    dates = dates_of(filed("2026-02-02"), LIMITS, EARLY)
    assert dates == Dates(reassessment=dates.reassessment)


@pytest.mark.parametrize("area", ["work_injury", "equal_treatment", "zz_new"])
def test_a_complaint_that_comes_directly_has_no_reassessment(area: str) -> None:
    assert dates_of(filed("2026-02-02", area), LIMITS, EARLY) == Dates()


@pytest.mark.parametrize("area", ["sickness_benefit", "housing_benefit", "state_pension"])
def test_some_areas_have_a_target_for_each_case(area: str) -> None:
    state = received("2026-01-19", area)
    target = dates_of(state, LIMITS, day("2026-03-30")).target
    assert target
    assert (target.on, target.limit.weeks, target.passed) == (day("2026-03-30"), 10, False)
    passed = dates_of(state, LIMITS, day("2026-03-31")).target
    assert passed
    assert passed.passed


@pytest.mark.parametrize("area", ["cash_benefit", "flex_job", "aids", "contact_with_child"])
def test_an_average_names_no_day_and_is_never_passed(area: str) -> None:
    target = dates_of(received("2026-01-19", area), LIMITS, LATE).target
    assert target
    assert (target.on, target.limit.weeks, target.passed) == (None, 13, False)


@pytest.mark.parametrize("area", ["work_injury", "adoption", "zz_new"])
def test_other_areas_have_no_target(area: str) -> None:
    assert dates_of(received("2026-01-19", area), LIMITS, LATE) == Dates()


def test_no_date_is_made_up_where_the_start_is_not_known() -> None:
    assert dates_of(case(entered("hearing")), LIMITS, LATE) == Dates()
    assert dates_of(State(), LIMITS, LATE) == Dates()


def test_the_clock_starts_again_with_a_reopening() -> None:
    state = case(RECEIVED, UPHELD, Reopened())  # reopened on 7 January
    target = dates_of(state, LIMITS, LATE).target
    assert target
    assert target.on == day("2026-03-18")


def test_the_announced_date_is_the_newest_one() -> None:
    state = case(
        RECEIVED,
        DateAnnounced(on=day("2026-05-12"), reason="first"),
        DateAnnounced(on=day("2026-06-09"), reason="medical"),
    )
    for today, passed in (("2026-06-09", False), ("2026-06-10", True)):
        announced = dates_of(state, LIMITS, day(today)).announced
        assert announced
        assert (announced.on, announced.passed) == (day("2026-06-09"), passed)


def test_a_date_that_a_decision_has_overtaken_counts_no_more() -> None:
    state = case(RECEIVED, DateAnnounced(on=day("2026-05-12"), reason="first"), UPHELD)
    assert dates_of(state, LIMITS, LATE).announced is None


def test_a_statutory_limit_stands_beside_the_target() -> None:
    law = limit(areas=("sickness_benefit",), weeks=8)
    dates = dates_of(received("2026-01-19"), (law, *LIMITS), EARLY)
    assert dates.statutory
    assert dates.target
    assert (dates.statutory.on, dates.target.on) == (day("2026-03-16"), day("2026-03-30"))
    assert dates.reassessment is None


@pytest.mark.parametrize(
    ("decision", "last"),
    [
        ("2026-03-03", "2027-03-03"),
        ("2024-02-29", "2025-02-28"),
        ("2024-02-28", "2025-02-28"),
        ("2025-12-26", "2026-12-26"),  # a Saturday and a holiday: the reader's day does not roll
    ],
)
def test_the_ombudsman_is_asked_within_a_year(decision: str, last: str) -> None:
    state = decided("upheld", on=day(decision))
    ombudsman = dates_of(state, LIMITS, day(last)).ombudsman
    assert ombudsman
    assert (ombudsman.on, ombudsman.passed) == (day(last), False)
    assert dates_of(state, LIMITS, day(last)) == Dates(ombudsman=ombudsman)
    late = dates_of(state, LIMITS, LATE).ombudsman
    assert late
    assert late.passed


def test_the_29th_of_february_stays_where_there_is_one() -> None:
    remedy = limit(LimitKind.REMEDY, weeks=None, years=4)
    assert last_day(remedy, day("2024-02-29")) == day("2028-02-29")


@pytest.mark.parametrize("state", [case(RECEIVED, RETURNED), case(RECEIVED, UPHELD, COMPLETED)])
def test_the_ombudsman_stays_open_after_a_return_and_a_closing(state: State) -> None:
    assert dates_of(state, LIMITS, LATE).ombudsman


def test_there_is_no_ombudsman_for_disputes_between_private_parties() -> None:
    assert all(_has_ombudsman(area) for area in Area if area != "equal_treatment")
    assert not _has_ombudsman("equal_treatment")


def _has_ombudsman(area: str) -> bool:
    state = case(Received(number=NUMBER, area=area, authority=AUTHORITY), UPHELD)
    return dates_of(state, LIMITS, LATE).ombudsman is not None


def test_no_remedy_is_dated_where_there_is_no_decision_or_one_without_words() -> None:
    assert dates_of(case(RECEIVED, COMPLETED), LIMITS, LATE) == Dates()
    assert dates_of(case(RECEIVED, COMPLETED, Decided(outcome="zz_new")), LIMITS, LATE) == Dates()
    assert dates_of(case(RECEIVED, UPHELD, DecisionWithdrawn()), LIMITS, LATE).ombudsman is None


@pytest.mark.parametrize(
    ("begun", "weeks"),
    [("2026-03-31", 2), ("2026-04-01", 3), ("2026-04-30", 3), ("2026-05-01", None)],
)
def test_the_rule_counts_that_was_in_force_when_the_step_began(
    begun: str, weeks: int | None
) -> None:
    rules = (
        limit(weeks=2, valid_to=day("2026-03-31")),
        limit(weeks=3, valid_from=day("2026-04-01"), valid_to=day("2026-04-30")),
    )
    found = dates_of(received(begun), rules, LATE).statutory
    assert (found and found.limit.weeks) == weeks


def test_an_areas_exception_goes_before_its_inclusion() -> None:
    both = limit(areas=("sickness_benefit",), except_areas=("sickness_benefit",))
    assert dates_of(received("2026-01-19"), (both,), LATE) == Dates()


def test_a_last_day_of_weeks_and_years_counts_both() -> None:
    remedy = limit(LimitKind.REMEDY, weeks=1, years=1)
    assert last_day(remedy, day("2026-03-03")) == day("2027-03-10")
    assert last_day(limit(LimitKind.REMEDY, weeks=None), day("2026-03-03")) == day("2026-03-03")


def test_a_statutory_average_names_no_day_either() -> None:
    average = limit(basis=Basis.AVERAGE)
    found = dates_of(received("2026-01-19"), (average,), LATE).statutory
    assert found
    assert (found.on, found.passed) == (None, False)


def test_a_receipt_after_the_complaint_counts_from_the_receipt() -> None:
    target = dates_of(case(FILED, RECEIVED), LIMITS, EARLY).target  # received on 6 January
    assert target
    assert target.on == day("2026-03-17")
