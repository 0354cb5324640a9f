"""When ranges are withheld in an area, and when they are given again."""

from __future__ import annotations

from datetime import date

from portal.estimates.rules.alarms import alarm_on, judged
from portal.estimates.words import Check, Withheld


def months(*figures: tuple[int, int]) -> list[Check]:
    """Monthly checks with 40 closings expected and 200 ranges scored: observed, held."""
    return [
        Check(date(2020 + place // 12, place % 12 + 1, 1), observed, 40.0, held, 200, 200.0)
        for place, (observed, held) in enumerate(figures)
    ]


CALM = ((40, 160),) * 6


def test_a_calm_area_has_no_alarm() -> None:
    assert alarm_on(months(*CALM)).reason is None


def test_one_slow_month_is_none_and_two_are_one() -> None:
    assert alarm_on(months(*CALM, (5, 160))).reason is None
    assert alarm_on(months(*CALM, (5, 160), (5, 160))).reason is Withheld.PACE


def test_too_many_closings_raise_it_too() -> None:
    assert alarm_on(months(*CALM, (90, 160), (90, 160))).reason is Withheld.PACE


def test_two_months_in_which_ranges_did_not_hold() -> None:
    assert alarm_on(months(*CALM, (40, 120))).reason is None
    assert alarm_on(months(*CALM, (40, 120), (40, 125))).reason is Withheld.COVERAGE


def test_two_calm_checks_end_it() -> None:
    slow = (*CALM, (5, 160), (5, 160))
    assert alarm_on(months(*slow, (40, 160))).reason is Withheld.PACE
    assert alarm_on(months(*slow, (40, 160), (40, 160))).reason is None
    assert alarm_on(months(*slow, (40, 160), (40, 135), (40, 160))).reason is Withheld.PACE


def test_after_the_second_alarm_the_way_back_is_longer() -> None:
    twice = (*CALM, (5, 160), (5, 160), (40, 160), (40, 160), (5, 160), (5, 160))
    assert alarm_on(months(*twice, *CALM[:3])).reason is Withheld.PACE
    assert alarm_on(months(*twice, *CALM[:4])).reason is None


def test_batches_are_no_stall() -> None:
    quarterly = ((120, 160), (0, 160), (0, 160)) * 6
    assert alarm_on(months(*quarterly)).reason is None


def test_cases_that_never_close_do_not_count_as_failures_of_their_ranges() -> None:
    checks = [Check(date(2020, month, 1), 40, 40.0, 120, 200, 150.0) for month in (1, 2, 3)]
    assert alarm_on(checks).reason is None


def test_a_small_area_is_judged_with_all() -> None:
    own = Check(date(2020, 1, 1), 0, 3.0, 2, 9, 9.0)
    everywhere = Check(date(2020, 1, 1), 90, 100.0, 150, 200, 200.0)
    assert judged(own, everywhere) == everywhere
    large = Check(date(2020, 1, 1), 10, 30.0, 60, 120, 120.0)
    assert judged(large, everywhere) == large
