"""Hiding until nothing can be computed: primary, and then the lightest that pins what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.suppression.rules.attack import Attack
from portal.suppression.rules.frames import SLACK, Cells, Expression, Frame, Pattern
from portal.suppression.words import ALIKE, LEAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from portal.suppression.rules.attack import Most, Row
    from portal.suppression.rules.frames import Floats, Marks
    from portal.suppression.words import Cell

Secret = tuple[int, int, int]  # a pattern, a hidden cell, one of the pattern's expressions


def shown(
    counts: NDArray[np.int_], cells: Sequence[Cell], *, alike: bool = False
) -> frozenset[str]:
    """The names of the cells whose counts, leaves × parts, may be published.

    Whoever knows them finds that the number of people in a hidden cell may differ by LEAST, and
    that no part of it is certain; with `alike` each part may differ as much, and it stays possible
    that none was above ALIKE. Where the smallest published figure around a hidden one is less than
    LEAST, so much is enough.
    """
    table = np.asarray(counts, dtype=float).reshape(len(counts), -1)
    every = (1.0,) * table.shape[1]
    people = Pattern((Expression(every),), least=True)
    units = map(tuple, np.eye(table.shape[1]).tolist())
    parts = Pattern(
        tuple(Expression(unit, every if alike else None) for unit in units),
        apart=LEAST if alike else 1,
    )
    patterns = (people, parts) if len(every) > 1 else (people,)
    return published(Frame(table, (), patterns), cells, together=True)[0]


def published(
    frame: Frame,
    cells: Sequence[Cell],
    *,
    among: frozenset[str] | None = None,
    together: bool = False,
) -> list[frozenset[str]]:
    """The names of the cells that may be published, for each pattern of the frame.

    `among`: all others are hidden in any case. `together`: a cell that one pattern hides is hidden
    in all.
    """
    work = Hiding(frame, Cells(cells, len(frame.counts)), together=together)
    if among is not None:
        work.begin(among)
    if len(frame.patterns) > 1:
        work.begin(_people(frame, cells))
    while work.goes_on():
        pass
    return [
        frozenset(name for row in np.flatnonzero(told) for name in work.cells.names[row])
        for told in work.told
    ]


def _people(frame: Frame, cells: Sequence[Cell]) -> frozenset[str]:
    """The cells that may be published where nothing else is: what takes least time comes first."""
    return published(plain(frame.counts @ frame.patterns[0].expressions[0].weights), cells)[0]


def plain(counts: NDArray[np.int_] | Floats) -> Frame:
    """A table of nothing but people: one number on each leaf."""
    alone = Pattern((Expression((1.0,)),), least=True)
    return Frame(counts.astype(float)[:, None], (), (alone,))


class Hiding:
    """What is told by now, and how open each hidden figure is known to be."""

    def __init__(self, frame: Frame, cells: Cells, *, together: bool) -> None:
        self.frame, self.cells, self._together = frame, cells, together
        self._sums: Floats = cells.matrix @ frame.counts
        fits = [
            np.logical_and.reduce([o.fits(self._sums, least=p.least) for o in p.held])
            for p in frame.patterns
        ]
        every: Marks = np.logical_and.reduce(fits)
        self.told: list[Marks] = [every.copy() if together else fits[0] & one for one in fits]
        shapes = [(len(cells.matrix), len(pattern.held)) for pattern in frame.patterns]
        self._low = [np.full(shape, np.inf) for shape in shapes]
        self._high = [np.full(shape, -np.inf) for shape in shapes]
        self._looked: set[int] = set()
        self._room = [np.full(shape, -np.inf) for shape in shapes]  # below what is too alike

    def begin(self, names: frozenset[str]) -> None:
        """Tell of no other cells than these."""
        kept = np.array([names.issuperset(same) for same in self.cells.names])
        self.told = [told & kept for told in self.told]

    def goes_on(self) -> bool:
        """Hide what pins a hidden figure; whether there was any."""
        attack = Attack(self.frame, self.cells.matrix, self.told)
        self._seen(attack, attack.truth)
        self._look(attack)
        hide: dict[int, int] = {}  # one of each pattern, as the next may be open by then
        for secret in self._unsettled():
            if secret[0] in hide or 0 in hide:
                continue
            if pins := self._pins(attack, secret):
                pattern, cell = self._lightest(pins, secret[0])
                hide[pattern] = cell
        for pattern, cell in hide.items():
            for number, told in enumerate(self.told):
                if self._together or pattern in {0, number}:
                    told[cell] = False
        return bool(hide)

    def _look(self, attack: Attack) -> None:
        """Move all figures of a hidden cell at once, which settles most of them."""
        hidden = ~self.told[0]
        fresh = {cell for number, cell, _ in self._unsettled() if not number and hidden[cell]}
        for cell in sorted(fresh - self._looked):
            self._looked.add(cell)
            for place in (0, -1):
                held = np.sum([one.held[place].weights for one in self.frame.patterns], axis=0)
                self._solved(attack, np.outer(attack.touched[cell], held))
                self._solved(attack, -np.outer(attack.wholly[cell], held))

    def _seen(self, attack: Attack, at: Floats) -> None:
        """Each hidden figure may be what it is in this table."""
        for number, pattern in enumerate(self.frame.patterns):
            for place, one in enumerate(pattern.held):
                figure = at @ one.weights
                low, high = attack.wholly @ figure, attack.touched @ figure
                np.minimum(self._low[number][:, place], low, out=self._low[number][:, place])
                np.maximum(self._high[number][:, place], high, out=self._high[number][:, place])
                if one.of is not None:
                    room = self._room[number][:, place]
                    rest = ALIKE * (at @ one.of - figure)
                    spare = attack.touched @ rest - attack.wholly @ ((1 - ALIKE) * figure)
                    np.maximum(room, spare, out=room)

    def _unsettled(self) -> Iterator[Secret]:
        for number, pattern in enumerate(self.frame.patterns):
            hidden = ~self.told[number]
            for place, one in enumerate(pattern.held):
                narrow = self._high[number][:, place] - self._low[number][:, place] < (
                    pattern.apart - SLACK
                )
                if one.of is not None:
                    narrow |= self._room[number][:, place] < -SLACK
                for cell in np.flatnonzero(hidden & narrow):
                    yield number, int(cell), place

    def _pins(self, attack: Attack, secret: Secret) -> frozenset[Row]:
        """The told cells that pin the figure more than the rule allows; none where they do not."""
        number, cell, place = secret
        pattern = self.frame.patterns[number]
        one = pattern.held[place]
        wanted = min(pattern.apart, self._largest(one, cell)) - SLACK
        columns = pattern.columns if self.told[0][cell] and pattern.columns else None
        low, high = self._low[number], self._high[number]
        touched, wholly = attack.touched[cell], attack.wholly[cell]
        pins: frozenset[Row] = frozenset()
        if high[cell, place] - low[cell, place] < wanted:
            most = self._solved(attack, np.outer(touched, one.weights), columns)
            high[cell, place] = max(high[cell, place], most.value)
            pins |= most.pins
        if high[cell, place] - low[cell, place] < wanted:
            most = self._solved(attack, np.outer(wholly, np.negative(one.weights)), columns)
            low[cell, place] = min(low[cell, place], -most.value)
            pins |= most.pins
        if high[cell, place] - low[cell, place] >= wanted:
            pins = frozenset()
        if one.of is not None and self._room[number][cell, place] < -SLACK:
            rest = np.outer(touched, ALIKE * np.subtract(one.of, one.weights))
            rest -= np.outer(wholly, (1 - ALIKE) * np.array(one.weights))
            most = self._solved(attack, rest, columns)
            self._room[number][cell, place] = most.value
            pins |= most.pins if most.value < -SLACK else frozenset()
        return pins

    def _solved(
        self, attack: Attack, weights: Floats, columns: tuple[int, ...] | None = None
    ) -> Most:
        most = attack.most(weights, columns)
        if most.at is not None:
            self._seen(attack, most.at)
        return most

    def _largest(self, one: Expression, cell: int) -> float:
        """The smallest figure that is told of something around the hidden one."""
        around = self.cells.around(cell)
        return min(
            (
                float((self._sums[around & told] @ outer.weights).min(initial=np.inf))
                for pattern, told in zip(self.frame.patterns, self.told, strict=True)
                for outer in pattern.expressions
                if self.frame.holds(outer, one)
            ),
            default=np.inf,
        )

    def _lightest(self, pins: frozenset[Row], pattern: int) -> Row:
        """The told cell that is hidden: of the figure's own pattern where there is one."""
        own = [row for row in pins if row[0] == pattern] or pins

        def heaviness(row: Row) -> tuple[float, int]:
            people = float(self._sums[row[1]] @ self.frame.patterns[0].expressions[0].weights)
            return float(self.cells.weights[row[1]]) * people, row[1]

        return min(own, key=heaviness)
