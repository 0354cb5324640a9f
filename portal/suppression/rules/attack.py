"""What an attacker can find out: the tables that are possible beside what is told.

Leaves that lie in the same told cells are one class: nobody can tell how much of a class lies on
which of its leaves. So a cell has at most what all classes have that it touches, and at least
what those have that lie wholly in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat, kHighsInf
from scipy import sparse

from portal.suppression.rules.frames import SLACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.suppression.rules.frames import Floats, Frame, Marks

Row = tuple[int, int]  # a pattern and a cell


class Most(NamedTuple):
    """The most that a sum can be, where that is, and which told cells keep it from being more."""

    value: float
    at: Floats | None  # classes × columns
    pins: frozenset[Row]


class Part(NamedTuple):
    """A linear programme: who solves it, what the first of its rows tell, the columns that move."""

    solver: Highs
    rows: NDArray[np.int_]
    moved: NDArray[np.int_]


PRIMAL = 4  # the solver's number of the method
NO_END = Most(np.inf, None, frozenset())


class Attack:
    """The tables that are possible: a polytope over classes × columns."""

    def __init__(self, frame: Frame, matrix: Marks, told: Sequence[Marks]) -> None:
        _, at, place = np.unique(matrix[told[0]], axis=1, return_index=True, return_inverse=True)
        member = np.zeros((matrix.shape[1], len(at)))
        member[np.arange(matrix.shape[1]), place.ravel()] = 1
        self.truth: Floats = member.T @ frame.counts
        self.touched: Marks = matrix @ member > 0  # cells × classes
        self.wholly: Marks = self.touched & ~((~matrix) @ member > 0)
        # A class in no told cell may hold any number of people.
        self._free = ~matrix[told[0]][:, at].any(axis=0)
        self._rows: list[Row] = []
        self._parts: dict[tuple[int, ...], Part] = {}
        self._told(frame, matrix[:, at], told)
        self._limits = sparse.csr_array((0, self.truth.size))
        if frame.bounds:
            each = -np.array(frame.bounds)
            self._limits = sparse.kron(sparse.eye_array(len(at)), each, format="csr")

    def _told(self, frame: Frame, matrix: Marks, told: Sequence[Marks]) -> None:
        blocks, values = [sparse.csr_array((0, self.truth.size))], [np.zeros(0)]
        for number, (pattern, marks) in enumerate(zip(frame.patterns, told, strict=True)):
            each = np.array([one.weights for one in pattern.expressions])
            cells = matrix[marks].astype(float)
            blocks.append(sparse.kron(sparse.csr_array(cells), each, format="csr"))
            values.append((cells @ self.truth @ each.T).ravel())
            self._rows += [(number, int(c)) for c in np.flatnonzero(marks) for _ in each]
        self._equal, self._values = sparse.vstack(blocks, format="csr"), np.concatenate(values)

    def most(self, weights: Floats, columns: Sequence[int] | None = None) -> Most:
        """The most that the sum over classes × columns, so weighted, can be.

        With `columns` only these may be other than they are: what is found is possible in any
        case, while more may be.
        """
        if (weights[self._free] > 0).any() or not self._rows:
            return NO_END
        solver, rows, moved = self._part(columns)
        found, prices = _solved(solver, -weights[:, moved].ravel())
        at = self.truth.copy()
        at[:, moved] = np.maximum(found, 0).reshape(len(at), -1)
        pins = np.flatnonzero(np.abs(prices[: len(rows)]) > SLACK)
        value = float((weights * at).sum())
        return Most(value, at, frozenset(self._rows[rows[row]] for row in pins))

    def _part(self, columns: Sequence[int] | None) -> Part:
        """The polytope where only these columns move."""
        width = self.truth.shape[1]
        moved = np.arange(width) if columns is None else np.array(columns)
        if (key := tuple(moved)) not in self._parts:
            free = (np.arange(len(self.truth))[:, None] * width + moved).ravel()
            still = self.truth.copy()
            still[:, moved] = 0
            equal, limits = self._equal[:, free], self._limits[:, free]
            rows = np.flatnonzero(np.diff(equal.indptr))
            left = np.flatnonzero(np.diff(limits.indptr))
            told = (self._values - self._equal @ still.ravel())[rows]
            room = -(self._limits @ still.ravel())[left]
            solver = _solver(
                sparse.vstack([equal[rows], limits[left]], format="csr"),
                np.concatenate([told, np.full(len(left), -kHighsInf)]),
                np.concatenate([told, room]),
            )
            self._parts[key] = Part(solver, rows, moved)
        return self._parts[key]


def _solver(matrix: sparse.csr_array, low: Floats, high: Floats) -> Highs:
    """Who solves over all that is not negative with each row between these bounds."""
    lp = HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = lp.col_lower_ = np.zeros(matrix.shape[1])
    lp.col_upper_ = np.full(matrix.shape[1], kHighsInf)
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data
    solver = Highs()  # type: ignore[no-untyped-call]  # the package types the rest
    solver.silent()
    solver.setOptionValue("threads", 1)
    # Each solution begins where the one before it ended: only what is asked for has changed.
    solver.setOptionValue("simplex_strategy", PRIMAL)
    solver.passModel(lp)
    return solver


def _solved(solver: Highs, costs: Floats) -> tuple[Floats, Floats]:
    """Where the costs are least, and the price of each row. Raises ArithmeticError."""
    solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    solver.run()
    if (status := solver.getModelStatus()) != HighsModelStatus.kOptimal:
        message = f"the tables cannot be solved: {solver.modelStatusToString(status)}"
        raise ArithmeticError(message)
    solution = solver.getSolution()
    return np.array(solution.col_value), np.array(solution.row_dual)
