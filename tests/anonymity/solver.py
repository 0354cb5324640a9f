"""An attacker with a linear programme: it knows all that is published, and nothing else.

It shares no line with what decides on the hiding. Its variables are counts of people on each
leaf (a coarse area or cohort, an outcome, a language), by what they answered; whatever is
published is an equation over them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from portal.figures.words import QuarterFigures

OUTCOMES = ("better", "same", "sent_back", "dismissed", "unknown")
LANGUAGES = ("danish", "other")
MANY = 1e6  # no unit has more people
NEAR = 1e-5  # of two numbers that a solver cannot tell apart
PEOPLE, PARTS, ALIKE = 10, 3, 0.9  # the rule, as docs/figures.md has it

Leaf = tuple[str, str, str]
Variable = tuple[Leaf, str]  # a leaf, and what is counted on it
Sum = dict[int, float]


@dataclass(frozen=True)
class Told:
    """A cell that somebody may read, or that stands empty where it could have stood."""

    unit: str
    outcome: str
    language: str
    what: str  # "answered", "n:<rating>", "of:<measure>", "invited", "decided"
    value: int | None


def published(figures: QuarterFigures) -> list[Told]:
    """All that the tables of a quarter tell; what a page tells is read into the same."""
    told = [
        Told(one.unit, "all", "all", what, value)
        for one in figures.turnouts
        for what, value in (
            ("answered", one.answered), ("invited", one.invited), ("decided", one.decided)
        )
    ]  # fmt: skip
    for one in figures.figures:
        place = one.unit, one.outcome, one.language
        if one.measure == "answered":
            told.append(Told(*place, "answered", one.n))
            continue
        n = "answered" if "." in one.measure else f"n:{one.measure}"
        told += [Told(*place, n, one.n), Told(*place, f"of:{one.measure}", one.of)]
    return told


def exported(rows: Iterable[Mapping[str, Any]]) -> Iterator[Told]:
    """What the rows of a file or of an answer to a machine tell, shares included."""
    for row in rows:
        place = f"{row['level']}:{row['unit']}", row["outcome"], row["language"]
        n, of = (int(row[name]) if row[name] not in {None, ""} else None for name in ("n", "of"))
        assert (row["share"] in {None, ""}) == (n is None or of is None)
        if row["table"] == "turnout" or row["measure"] == "answered":
            yield Told(*place, row["measure"], n)
            continue
        yield Told(*place, "answered" if "." in row["measure"] else f"n:{row['measure']}", n)
        yield Told(*place, f"of:{row['measure']}", of)


@dataclass
class Leak:
    cell: Told
    low: float
    high: float
    why: str


@dataclass
class Attacker:
    """What can be known of a quarter whose units lie in one another so."""

    inside: Mapping[str, str | None]
    told: list[Told]
    solved: int = 0
    _low: NDArray[np.float64] = field(init=False)
    _high: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        self.groups = [unit for unit in self.inside if unit.startswith("group:")]
        measures = sorted({one.what[3:] for one in self.told if one.what.startswith("of:")})
        self.ratings = [one for one in measures if "." not in one]
        self.options = [one for one in measures if "." in one]
        kinds = ["answered", *(f"{k}:{q}" for q in self.ratings for k in ("upper", "lower"))]
        kinds += [f"of:{one}" for one in self.options]
        leaves = list(product(self.groups, OUTCOMES, LANGUAGES))
        names: list[Variable] = [(leaf, kind) for leaf in leaves for kind in kinds]
        # People who were invited or decided about have neither outcome nor language.
        names += [((g, "", ""), "invited") for g in self.groups]
        names += [((g, "", ""), "decided") for g in [*self.groups, "nobody asked"]]
        self.place = {name: place for place, name in enumerate(names)}
        self.leaves = leaves
        self.answered_of = [
            self.place.get((leaf, "answered"), place) for (leaf, _), place in self.place.items()
        ]
        self._equations()
        self._limits()

    def _within(self, unit: str) -> list[str]:
        found = []
        for group in self.groups:
            at: str | None = group
            while at is not None and at != unit:
                at = self.inside[at]
            found += [group] if at == unit else []
        return found

    def sums(self, cell: Told, what: str) -> Sum:
        """Which variables the figure is the sum of."""
        groups = self._within(cell.unit)
        if what in {"invited", "decided"}:
            extra = ["nobody asked"] if what == "decided" and cell.unit == "agency:agency" else []
            return {self.place[(g, "", ""), what]: 1.0 for g in [*groups, *extra]}
        leaves = product(
            groups,
            OUTCOMES if cell.outcome == "all" else (cell.outcome,),
            LANGUAGES if cell.language == "all" else (cell.language,),
        )
        kind, _, measure = what.partition(":")
        kinds = [what]
        if kind == "n":
            kinds = [f"upper:{measure}", f"lower:{measure}"]
        elif kind == "of" and measure in self.ratings:
            kinds = [f"upper:{measure}"]
        return {self.place[leaf, kind]: 1.0 for leaf in leaves for kind in kinds}

    def _equations(self) -> None:
        known: dict[frozenset[int], float] = {}
        for one in self.told:
            over = frozenset(self.sums(one, one.what))
            if one.value is not None:
                assert known.setdefault(over, one.value) == one.value, "two figures disagree"
        self.known = known
        self.equal = self._matrix([dict.fromkeys(over, 1.0) for over in known])
        self.values = np.array(list(known.values()), dtype=float)

    def _limits(self) -> None:
        rows: list[Sum] = []
        for leaf in self.leaves:
            everybody = {self.place[leaf, "answered"]: -1.0}
            rows += [
                everybody | {self.place[leaf, f"{half}:{one}"]: 1.0 for half in ("upper", "lower")}
                for one in self.ratings
            ]
            rows += [everybody | {self.place[leaf, f"of:{one}"]: 1.0} for one in self.options]
        for group in self.groups:
            answered = {self.place[leaf, "answered"]: 1.0 for leaf in self.leaves
                        if leaf[0] == group}  # fmt: skip
            rows.append(answered | {self.place[(group, "", ""), "invited"]: -1.0})
        self.limits = self._matrix(rows)

    def _matrix(self, rows: list[Sum]) -> sparse.csr_array:
        at = [(row, column, value) for row, one in enumerate(rows) for column, value in one.items()]
        row, column, value = zip(*at, strict=True) if at else ((), (), ())
        return sparse.csr_array((value, (row, column)), shape=(len(rows), len(self.place)))

    def most(self, over: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The most that this sum of variables can be, and a table where it is that."""
        self.solved += 1
        found = linprog(
            -over, A_ub=self.limits, b_ub=np.zeros(self.limits.shape[0]), A_eq=self.equal,
            b_eq=self.values, bounds=(0, MANY), method="highs",
        )  # fmt: skip
        assert found.x is not None, found.message
        return float(over @ found.x), found.x

    def leaks(self) -> list[Leak]:
        """Every figure that stands empty, and can be known better than the rule allows."""
        secrets = list(self._secrets())
        vectors = np.array([vector for _, _, vector, _, _ in secrets]).reshape(len(secrets), -1)
        self._low = np.full(len(secrets), np.inf)
        self._high = np.full(len(secrets), -np.inf)
        found = []
        for place, (cell, why, vector, wanted, least) in enumerate(secrets):
            if least is not None:  # it must be possible to be so much
                if self._high[place] < least - NEAR:
                    self._saw(vectors, self.most(vector)[1])
                open_enough = self._high[place] >= least - NEAR
            else:
                for sign in (1, -1):
                    if self._high[place] - self._low[place] < wanted - NEAR:
                        self._saw(vectors, self.most(sign * vector)[1])
                open_enough = self._high[place] - self._low[place] >= wanted - NEAR
            if not open_enough:
                found.append(Leak(cell, float(self._low[place]), float(self._high[place]), why))
        return found

    def _saw(self, vectors: NDArray[np.float64], table: NDArray[np.float64]) -> None:
        values = vectors @ table
        np.minimum(self._low, values, out=self._low)
        np.maximum(self._high, values, out=self._high)

    def _secrets(
        self,
    ) -> Iterable[tuple[Told, str, NDArray[np.float64], float, float | None]]:
        for one in self.told:
            if one.value is not None or not self.sums(one, one.what):
                continue
            own = self._vector(self.sums(one, one.what))
            if not one.what.startswith("of:"):
                yield one, "people", own, min(PEOPLE, self._around(own)), None
                continue
            measure = one.what[3:]
            whole = self._vector(
                self.sums(one, f"n:{measure}" if measure in self.ratings else "answered")
            )
            for part, why in ((own, "part"), (whole - own, "rest")):
                yield one, why, part, min(PARTS, self._around(part)), None
                yield one, f"{why} alike", ALIKE * whole - part, 0, 0

    def _vector(self, over: Sum) -> NDArray[np.float64]:
        made = np.zeros(len(self.place))
        made[list(over)] = list(over.values())
        return made

    def _around(self, part: NDArray[np.float64]) -> float:
        """The smallest published figure that holds all of this one, whatever the table."""
        holds = [value for over, value in self.known.items() if self._covers(over, part)]
        return min(holds, default=np.inf)

    def _covers(self, over: frozenset[int], part: NDArray[np.float64]) -> bool:
        """Whether the sum over these variables is at least the part, whatever the table."""
        left = -part
        left[list(over)] += 1
        return all(left[self.answered_of[place]] >= 1 for place in np.flatnonzero(left < 0))
