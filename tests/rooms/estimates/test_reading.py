"""A log is told what is wrong with it, and the rest is used."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from portal.estimates.rules.log import OPEN
from portal.estimates.rules.reading import read_log
from portal.estimates.words import LogUnreadable

HEAD = "case_id,area,unit,event,date"
GOOD = ("1,a,u,received,2024-01-01", "1,a,u,closed,2024-03-01")


def codes(*lines: str, head: str = HEAD) -> dict[str, int]:
    _, problems = read_log([head, *lines])
    return {problem.code: problem.count for problem in problems}


def test_a_good_log_has_no_problem() -> None:
    log, problems = read_log([HEAD, *GOOD, "2,b,u,received,2024-02-01", "2,b,u,hearing,2024-02-09"])
    assert not problems
    assert log.ids == ("1", "2")
    assert log.areas == ("a", "b")
    assert list(log.closed) == [date(2024, 3, 1).toordinal(), OPEN]
    assert list(log.begin - log.received[log.case]) == [0, 0, 8]
    assert log.last == date(2024, 3, 1).toordinal()


def test_what_a_case_enters_once_it_is_closed_is_not_used() -> None:
    log, problems = read_log([HEAD, *GOOD, "1,a,u,hearing,2024-04-01"])
    assert not problems
    assert list(log.begin) == [date(2024, 1, 1).toordinal()]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("2,a,u,received,2024-02-02", "2,a,u,closed,2024-02-01"), "closed_before_receipt"),
        (("2,a,u,received,2024-01-02", "2,a,u,received,2024-02-01"), "received_twice"),
        (("2,a,u,received,2024-02-02", "2,a,u,hearing,2024-02-01"), "stage_before_receipt"),
        (("2,a,u,hearing,2024-02-02",), "never_received"),
        (("2,a,u,received,2024-02-30",), "unusable_row"),
        (("2,a,u,received,",), "unusable_row"),
        (("2,a,u,received",), "unusable_row"),
        (("2,a,u,received,2024-01-02", "2,b,u,closed,2024-01-09"), "changes_area"),
        (("2,a,u,received,2024-01-02", "2,a,u,closed,2024-01-09", "2,a,u,closed,2024-02-09"),
         "closed_twice"),
        (("2,a,u,received,2024-06-02",), "gap"),
        (("2,a,u,received,2020-01-02",), "never_closed"),
    ],
)  # fmt: skip
def test_a_problem_is_named_and_the_rest_is_used(lines: tuple[str, ...], code: str) -> None:
    assert codes(*GOOD, *lines)[code] == 1
    log, _ = read_log([HEAD, *GOOD, *lines])
    assert "1" in log.ids
    assert np.all(log.closed >= log.received)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "lacks the columns"),
        (["case_id,date", "1,2024-01-01"], "area, unit, event"),
        ([HEAD], "no usable row"),
        (
            [HEAD, "1,a,u,received,2024-01-01", "1,a,u,closed,2024-01-01"],
            "one day only, 2024-01-01",
        ),
        ([HEAD, "1,a,u,hearing,2024-01-01", "1,a,u,closed,2024-02-01"], "no case"),
    ],
)
def test_a_log_of_which_nothing_can_be_made_says_why(lines: list[str], message: str) -> None:
    with pytest.raises(LogUnreadable, match=message):
        read_log(lines)


def test_an_unknown_column_is_noted() -> None:
    assert codes(*(f"{line},x" for line in GOOD), head=f"{HEAD},colour") == {"unknown_column": 1}


def test_without_a_closing_it_says_so() -> None:
    assert codes(GOOD[0], "2,a,u,received,2024-01-09") == {"no_closing": 1}


def test_a_reopened_case_begins_anew() -> None:
    log, problems = read_log([HEAD, *GOOD, "1,a,u,received,2024-03-09", "1,a,u,closed,2024-04-01"])
    assert not problems
    assert list(log.closed - log.received) == [60, 23]


def test_a_leap_day_is_a_day_and_a_clock_change_none() -> None:
    log, _ = read_log([HEAD, "1,a,u,received,2024-02-28", "1,a,u,closed,2024-03-01",
                       "2,a,u,received,2024-03-30T23:30:00+01:00",
                       "2,a,u,closed,2024-03-31T23:30:00+02:00"])  # fmt: skip
    assert list(log.closed - log.received) == [2, 1]


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [*GOOD, "2,b,u,received,2024-01-02", "2,b,u,x,2024-01-05", "2,b,u,y,2024-01-05"]
    first, second = read_log([HEAD, *rows])[0], read_log([HEAD, *reversed(rows)])[0]
    assert first.ids == second.ids
    assert first.stages == second.stages == ("", "y")
    assert np.array_equal(first.begin, second.begin)
    assert np.array_equal(first.stage, second.stage)
