"""What is published of a year gives no small figure away. The attack is a program of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from portal.cases.words import Outcome
from portal.participation.rules import group_of
from portal.statistics.queries import authorities
from portal.statistics.rules import tables
from portal.statistics.rules.counting import Tally
from portal.statistics.rules.tables import HALF, MOST, WEIGHTS, WHOLE, name, within, year_of
from portal.statistics.words import OTHER, Counted, Kind, Unit
from portal.suppression.rules import shown
from tests.rooms.statistics.years import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.statistics.words import Row, Year
    from portal.suppression.words import Cell

CLOSED = date(2025, 2, 12)
LEAST = 10  # as design has it, not as the code has it
SLACK = 1e-6


def leaves(year: Year, row: Row) -> list[tuple[Kind, str]]:
    """The rows that a row is the sum of, which are in no other."""
    if row.kind is Kind.ALL:
        return [(one.kind, one.code) for one in year.of(Kind.AREA)]
    if row.kind is Kind.GROUP:
        return [(one.kind, one.code) for one in year.of(Kind.AREA)
                if group_of(one.code) == row.code]  # fmt: skip
    return [(row.kind, row.code)]


class Attacker:
    """Somebody who has all that is published, and knows that no count is below nought."""

    def __init__(self, year: Year) -> None:
        rows = (*year.of(Kind.AREA), *year.of(Kind.AUTHORITY))
        self._place = {key: at for at, key in enumerate(
            product([(row.kind, row.code) for row in rows], year.outcomes))}  # fmt: skip
        self.hidden: list[np.ndarray] = []
        known, sums = [], []
        silent = set()  # kinds and groups of rows of which nothing is told: one stands for all
        for row in year.rows:
            nothing = row.decided is None and not any(row.outcomes.values())
            alike = (row.kind, group_of(row.code) if row.kind is Kind.AREA else "")
            if row.kind in {Kind.AREA, Kind.AUTHORITY} and nothing:
                if alike in silent:
                    continue
                silent.add(alike)
            figures = [(year.outcomes, row.decided)]
            figures += [((code,), row.outcomes[code]) for code in year.outcomes]
            for codes, value in figures:
                line = self._line(product(leaves(year, row), codes))
                if value is None:
                    self.hidden.append(line)
                else:
                    known.append(line)
                    sums.append(float(value))
        for code in year.outcomes:  # both tables are of the same cases
            areas = self._line(((r.kind, r.code), code) for r in year.of(Kind.AREA))
            others = self._line(((r.kind, r.code), code) for r in year.of(Kind.AUTHORITY))
            known.append(areas - others)
            sums.append(0.0)
        self._known, self._sums = csr_array(np.array(known)), np.array(sums)

    def _line(self, keys: object) -> np.ndarray:
        line = np.zeros(len(self._place))
        for key in keys:  # type: ignore[attr-defined]
            line[self._place[key]] = 1
        return line

    def width(self, line: np.ndarray) -> float:
        """By how much the figure may vary in the eyes of the attacker."""
        least, most = (
            linprog(sign * line, A_eq=self._known, b_eq=self._sums, method="highs")
            for sign in (1, -1)
        )
        if most.status == 3:  # without a bound
            return np.inf
        assert least.status == most.status == 0
        return float(-most.fun - least.fun)


@pytest.mark.parametrize(("cases", "most"), [(60, 4), (300, 6), (900, 8)])
def test_no_hidden_figure_can_be_narrowed_down(cases: int, most: int) -> None:
    counted = tally(cases, cases, most=most)
    year = year_of(2024, CLOSED, counted, authorities())
    attacker = Attacker(year)
    assert len(attacker.hidden) > 30
    assert min(attacker.width(line) for line in attacker.hidden) >= LEAST - SLACK


def test_the_attack_finds_a_figure_that_was_left_open() -> None:
    """Only the figures below ten hidden, and nothing beside them: some of them come back."""
    counted = tally(900, 900, most=9)
    honest = year_of(2024, CLOSED, counted, authorities())
    for row in honest.rows:
        for code in honest.outcomes:
            parts = (OTHER, *honest.within_other) if code == OTHER else (code,)
            n = sum(counted.outcomes[Unit(row.kind, row.code), part] for part in parts)
            row.outcomes[code] = n if n >= LEAST else None
    attacker = Attacker(honest)
    assert min(attacker.width(line) for line in attacker.hidden) < 1


def test_what_a_table_cannot_show_of_the_whole_year_goes_into_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = name(WHOLE, Outcome.DISMISSED)

    def grudging(counts: NDArray[np.int_], cells: Sequence[Cell]) -> frozenset[str]:
        """It shows the column while the whole year is asked for alone."""
        may = shown(counts, cells)
        return may if len(cells) <= 1 + len(WEIGHTS) else may - {lost}

    monkeypatch.setattr("portal.statistics.rules.tables.shown", grudging)
    counted = tally(2500, 1)
    year = year_of(2024, CLOSED, counted, authorities())
    assert Outcome.DISMISSED not in year.outcomes
    assert Outcome.DISMISSED in year.within_other
    told = [counted.outcomes[WHOLE, one] for one in (OTHER, *year.within_other)]
    assert year.rows[0].outcomes[OTHER] == sum(told)


def test_what_is_published_is_true_and_never_below_ten() -> None:
    counted = tally(2500, 1, most=9)
    year = year_of(2024, CLOSED, counted, authorities())
    told = 0
    for row in year.rows:
        parts = {
            code: counted.outcomes[Unit(row.kind, row.code), code] for code in (*Outcome, OTHER)
        }
        if row.decided is not None:
            assert row.decided == sum(parts.values()) >= LEAST
        for code, n in row.outcomes.items():
            rare = year.within_other if code == OTHER else ()
            if n is not None:
                told += 1
                assert n == parts[code] + sum(parts[one] for one in rare) >= LEAST
    assert told > 30


def test_what_is_too_rare_for_the_whole_year_is_told_with_others() -> None:
    year = year_of(2024, CLOSED, tally(300, 3, most=6), authorities())
    (whole,) = year.of(Kind.ALL)
    assert year.within_other
    assert year.outcomes[-1] == OTHER
    assert set(year.outcomes) | set(year.within_other) == {*Outcome, OTHER}
    assert whole.decided == sum(n or 0 for n in whole.outcomes.values()) == 300


def test_an_outcome_that_cannot_stand_for_the_whole_year_is_told_with_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = name(WHOLE, Outcome.RETURNED)
    monkeypatch.setattr(tables, "shown", lambda *told: shown(*told) - {lost})
    year = year_of(2024, CLOSED, tally(300, 3, most=6), authorities())
    assert Outcome.RETURNED in year.within_other
    assert Outcome.RETURNED not in year.outcomes


@pytest.mark.parametrize("cases", [0, 9])
def test_of_fewer_than_ten_cases_nothing_is_told(cases: int) -> None:
    year = year_of(2024, CLOSED, tally(cases, 1), authorities())
    assert len(year.rows) == 1 + 7 + 34 + 101
    assert all(row.decided is None for row in year.rows)
    assert not any(n is not None for row in year.rows for n in row.outcomes.values())


@pytest.mark.parametrize(
    ("cases", "half", "most"),
    [(19, False, False), (20, True, False), (99, True, False), (100, True, True)],
)
def test_weeks_are_told_where_ten_cases_lie_on_either_side(
    cases: int, *, half: bool, most: bool
) -> None:
    counted = Tally()
    for number in range(cases):
        counted.add(Counted(2024, "car", "Odder Kommune", "upheld", number + 1))
    (whole,) = year_of(2024, CLOSED, counted, authorities()).of(Kind.ALL)
    assert (whole.half_within is not None, whole.most_within is not None) == (half, most)
    for week in (whole.half_within, whole.most_within):
        if week is not None:
            assert min(week, cases - week + 1) >= LEAST


def test_within_is_the_first_week_by_which_so_many_were_decided() -> None:
    weeks = Counter({4: 10, 6: 8, 9: 1, 30: 1})
    assert within(weeks, HALF) == 4
    assert within(weeks, MOST) == 6
    with pytest.raises(ValueError, match="no case"):
        within(Counter(), HALF)
