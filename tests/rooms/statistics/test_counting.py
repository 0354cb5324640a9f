"""Which decision of a case counts in which year, and how long it took."""

from __future__ import annotations

from datetime import date

import pytest

from portal.cases.words import Decision, Issue
from portal.statistics.rules.counting import counted, last_over, tallies
from portal.statistics.words import Counted, Kind, Told, Unit

KNOWN = {"odder kommune": "Odder Kommune"}
RECEIVED = date(2024, 1, 10)


def decided(on: date, outcome: str = "upheld", issues: tuple[Issue, ...] = ()) -> Decision:
    return Decision(on, outcome, None, issues, None, None)


def told(
    *decisions: Decision,
    area: str | None = "car",
    authority: str | None = "Odder Kommune",
    received: date | None = RECEIVED,
    clock_from: date | None = RECEIVED,
) -> Told:
    return Told(area, authority, received, clock_from, decisions[-1], decisions[:-1])


def test_a_case_counts_in_the_year_of_its_decision() -> None:
    one = told(decided(date(2024, 1, 24), "returned"))
    assert list(counted(one, KNOWN)) == [Counted(2024, "car", "Odder Kommune", "returned", 2)]


def test_an_open_case_and_a_withdrawn_decision_count_nowhere() -> None:
    assert list(counted(Told("car", "Odder Kommune", RECEIVED, RECEIVED), KNOWN)) == []


@pytest.mark.parametrize(
    ("days", "weeks"), [(0, 1), (1, 1), (7, 1), (8, 2), (14, 2), (-1, None)]
)  # fmt: skip
def test_weeks_are_those_begun(days: int, weeks: int | None) -> None:
    on = date.fromordinal(RECEIVED.toordinal() + days)
    assert [one.weeks for one in counted(told(decided(on)), KNOWN)] == [weeks]


def test_a_case_without_a_receipt_counts_without_time() -> None:
    one = told(decided(date(2024, 3, 1)), received=None, clock_from=None)
    assert [one.weeks for one in counted(one, KNOWN)] == [None]
    assert tallies([one], KNOWN)[2024].weeks == {}


def test_a_case_counts_once_a_year_with_the_last_decision() -> None:
    one = told(
        decided(date(2024, 1, 24)), decided(date(2024, 12, 24), "changed"),
        clock_from=date(2024, 12, 10),
    )  # fmt: skip
    assert [(c.outcome, c.weeks) for c in counted(one, KNOWN)] == [("changed", 2)]


def test_a_reopened_case_counts_in_each_year_from_when_the_clock_began() -> None:
    one = told(
        decided(date(2024, 1, 24)), decided(date(2025, 3, 1), "returned"),
        decided(date(2026, 1, 15), "changed"), clock_from=date(2026, 1, 1),
    )  # fmt: skip
    assert [(c.year, c.outcome, c.weeks) for c in counted(one, KNOWN)] == [
        (2024, "upheld", 2), (2025, "returned", None), (2026, "changed", 2),
    ]  # fmt: skip


MIXED = (Issue(title="a", outcome="upheld"), Issue(title="b", outcome="changed"))


@pytest.mark.parametrize(("outcome", "issues"), [("zz_new", ()), ("upheld", MIXED)])
def test_an_outcome_without_a_column_is_other(outcome: str, issues: tuple[Issue, ...]) -> None:
    one = told(decided(date(2024, 1, 24), outcome, issues))
    assert [c.outcome for c in counted(one, KNOWN)] == ["other"]


@pytest.mark.parametrize(
    ("name", "known"),
    [("odder  KOMMUNE ", "Odder Kommune"), ("Kommunen i Odder", "other"), (None, "other")],
)
def test_no_name_is_told_that_a_source_happened_to_write(name: str | None, known: str) -> None:
    one = told(decided(date(2024, 1, 24)), authority=name, area="zz_new")
    assert [(c.authority, c.area) for c in counted(one, KNOWN)] == [(known, "other")]


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 2, 11), 2024), (date(2026, 2, 12), 2025), (date(2026, 12, 31), 2025)],
)
def test_a_year_can_be_closed_six_weeks_after_its_end(today: date, year: int) -> None:
    assert last_over(today) == year


def test_a_case_is_added_up_in_each_of_its_units() -> None:
    found = tallies([told(decided(date(2024, 1, 24)))] * 3, ["Odder Kommune"])
    assert found[2024].outcomes == {
        (Unit(Kind.ALL, "all"), "upheld"): 3,
        (Unit(Kind.GROUP, "disability"), "upheld"): 3,
        (Unit(Kind.AREA, "car"), "upheld"): 3,
        (Unit(Kind.AUTHORITY, "Odder Kommune"), "upheld"): 3,
    }
    assert found[2024].weeks[Unit(Kind.ALL, "all")] == {2: 3}
