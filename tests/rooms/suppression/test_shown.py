"""Cells that are published tell nothing of those that are hidden."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from portal.suppression.rules import Frame, Pattern, published, shown
from portal.suppression.rules.attack import Attack
from portal.suppression.rules.frames import Cells, Expression
from portal.suppression.words import LEAST, Cell

ROWS, COLUMNS = 4, 3


def table(rows: int = ROWS, columns: int = COLUMNS) -> list[Cell]:
    """The cells of a table of two dimensions, its lines and the whole."""
    leaves = list(product(range(rows), range(columns)))
    cells = [Cell("all", tuple(range(len(leaves))), 9)]
    cells += [Cell(f"row{r}", tuple(n for n, leaf in enumerate(leaves) if leaf[0] == r), 3)
              for r in range(rows)]  # fmt: skip
    cells += [Cell(f"column{c}", tuple(n for n, leaf in enumerate(leaves) if leaf[1] == c), 3)
              for c in range(columns)]  # fmt: skip
    return cells + [Cell(f"{r},{c}", (n,)) for n, (r, c) in enumerate(leaves)]


def span(
    counts: np.ndarray[tuple[int, ...], np.dtype[np.int_]], told: list[Cell], secret: Cell
) -> float:
    """How far apart the values of a hidden cell may lie, by a solver that knows nothing else."""
    equal = np.array([[float(n in one.leaves) for n in range(len(counts))] for one in told])
    values = [counts[list(one.leaves)].sum() for one in told]
    over = np.array([float(n in secret.leaves) for n in range(len(counts))])
    ends = [
        linprog(sign * over, A_eq=equal if told else None, b_eq=values if told else None,
                bounds=(0, 1e5), method="highs").fun
        for sign in (1, -1)
    ]  # fmt: skip
    return float(-ends[1] - ends[0])


counts_of = st.lists(
    st.one_of(st.integers(0, 12), st.integers(0, 80)), min_size=ROWS * COLUMNS,
    max_size=ROWS * COLUMNS,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(counts_of)
def test_what_is_hidden_stays_open(drawn: list[int]) -> None:
    counts, cells = np.array(drawn), table()
    names = shown(counts, cells)
    told = [one for one in cells if one.name in names]
    assert all(counts[list(one.leaves)].sum() >= LEAST for one in told)
    for one in cells:
        if one.name not in names:
            assert span(counts, told, one) >= LEAST - 1e-6


@settings(max_examples=8, deadline=None)
@given(counts_of, counts_of)
def test_no_part_is_above_nine_in_ten(first: list[int], second: list[int]) -> None:
    counts = np.array([first, second]).T
    names = shown(counts, table(), alike=True)
    assert names <= shown(counts, table()) | names
    for one in table():
        sums = counts[list(one.leaves)].sum(axis=0)
        if one.name in names:
            assert sums.sum() >= LEAST
            assert sums.max() <= 0.9 * sums.sum()
    assert names == shown(counts, table(), alike=True)


def test_one_small_cell_takes_others_with_it() -> None:
    counts = np.array([3, 40, 50, 60, 70, 80, 90, 95, 99, 12, 14, 16])
    hidden = {one.name for one in table()} - shown(counts, table())
    assert "0,0" in hidden
    assert len(hidden) >= 4  # one in its line, one in its column, and where these meet
    assert "all" not in hidden


def test_nothing_of_nine_answers_is_told() -> None:
    assert shown(np.array([4, 5]), [Cell("all", (0, 1)), Cell("a", (0,))]) == frozenset()
    assert shown(np.array([4, 6]), [Cell("all", (0, 1)), Cell("a", (0,))]) == {"all"}


def test_cells_of_the_same_leaves_are_one() -> None:
    cells = [Cell("all", (0, 1)), Cell("again", (1, 0)), Cell("a", (0,)), Cell("b", (1,))]
    assert shown(np.array([30, 12]), cells) == {"all", "again", "a", "b"}
    assert shown(np.array([30, 2]), cells) in ({"all", "again"}, {"a"})


def test_the_lighter_is_hidden_first() -> None:
    counts = np.array([5, 30, 30])
    cells = [Cell("all", (0, 1, 2), 100), Cell("a", (0,)), Cell("b", (1,), 5), Cell("c", (2,))]
    assert shown(counts, cells) == {"all", "b"}


def test_an_empty_cell_and_no_cells() -> None:
    assert shown(np.array([30]), [Cell("none", ()), Cell("all", (0,))]) == {"all"}
    assert shown(np.array([30]), []) == frozenset()


def test_a_part_that_is_hidden_is_no_point() -> None:
    # All of the first are upper: told beside the whole, the second would be told as well.
    counts = np.array([[40, 1], [30, 20], [25, 25]])
    cells = [Cell("all", (0, 1, 2), 9), *(Cell(name, (n,)) for n, name in enumerate("abc"))]
    names = shown(counts, cells, alike=True)
    assert "a" not in names
    assert names == {"all", "c"}


def test_parts_that_nobody_minds_only_may_not_be_computed() -> None:
    counts = np.array([[40, 1, 0], [3, 2, 1], [25, 25, 5]])
    cells = [Cell("all", (0, 1, 2), 9), *(Cell(name, (n,)) for n, name in enumerate("abc"))]
    names = shown(counts, cells)
    assert "all" in names
    assert "b" not in names
    assert len(names) == 2


def test_what_may_not_be_told_cannot_be_computed() -> None:
    frame = Frame(np.array([[30.0], [40.0]]), (), (Pattern((Expression((1.0,)),), least=True),))
    cells = [Cell("all", (0, 1)), Cell("a", (0,)), Cell("b", (1,))]
    # The parts together would tell the whole.
    assert published(frame, cells, among=frozenset({"a", "b"}))[0] == {"b"}
    assert published(frame, cells, among=frozenset({"all"}))[0] == {"all"}
    assert published(frame, cells, among=frozenset())[0] == frozenset()


def test_who_is_counted_bounds_who_is_a_part() -> None:
    """Everybody on a leaf is known to be at least as many as those of them who ticked something."""
    ticked = Expression((0.0, 1.0), (1.0, 0.0))
    rest = Expression((1.0, -1.0), (1.0, 0.0))
    people = Pattern((Expression((1.0, 0.0)),), least=True)
    parts = Pattern((ticked,), (rest,), columns=(1,), apart=3)
    cells = [Cell("all", (0, 1, 2), 9), *(Cell(name, (n,)) for n, name in enumerate("abc"))]
    counts = np.array([[40.0, 39], [30, 12], [50, 20]])
    told, of = published(Frame(counts, ((1.0, -1.0),), (people, parts)), cells)
    assert told == {"all", "a", "b", "c"}
    assert of == {"all", "c"}  # or what was hidden of a could be computed
    counts = np.array([[5.0, 4], [30, 12], [50, 20]])
    told, of = published(Frame(counts, ((1.0, -1.0),), (people, parts)), cells)
    assert told == of == {"all", "c"}


def test_tables_that_cannot_be_are_no_quiet_success(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = Frame(np.array([[30.0], [40.0]]), (), (Pattern((Expression((1.0,)),), least=True),))
    cells = Cells([Cell("all", (0, 1))], 2)
    attack = Attack(frame, cells.matrix, [np.array([True])])
    monkeypatch.setattr(attack, "_values", np.array([-1.0]))
    with pytest.raises(ArithmeticError, match="cannot be solved"):
        attack.most(np.array([[1.0]]))
