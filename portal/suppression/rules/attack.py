"""What an attacker can find out: the tables that are possible beside what is told.

Leaves that lie in the same told cells are one class: nobody can tell how much of a class lies on
which of its leaves. So a cell has at most what all classes have that it touches, and at least
what those have that lie wholly in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

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
    """A linear programme: what is told, by which rows, what is known, and the columns that move."""

    equal: sparse.csr_array
    values: Floats
    rows: NDArray[np.int_]
    limits: sparse.csr_array
    room: Floats
    moved: NDArray[np.int_]


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
        equal, values, rows, limits, room, moved = self._part(columns)
        solved = linprog(
            -weights[:, moved].ravel(), A_ub=limits, b_ub=room, A_eq=equal, b_eq=values,
            method="highs",
        )  # fmt: skip
        if solved.x is None:
            message = f"the tables cannot be solved: {solved.message}"
            raise ArithmeticError(message)
        at = self.truth.copy()
        at[:, moved] = np.maximum(solved.x, 0).reshape(len(at), -1)
        pins = np.flatnonzero(np.abs(solved.eqlin.marginals) > SLACK)
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
            self._parts[key] = Part(
                equal[rows],
                (self._values - self._equal @ still.ravel())[rows],
                rows,
                limits[left],
                -(self._limits @ still.ravel())[left],
                moved,
            )
        return self._parts[key]
