"""The fixed tables of a quarter: what is in a cell, and which cells are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.figures.rules.counting import LANGUAGES, LEAVES
from portal.figures.words import ALL, Language, Outcome
from portal.organisation.rules import holder_of
from portal.organisation.words import Level, Unit
from portal.suppression.rules import Expression, Frame, Pattern
from portal.suppression.words import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from portal.figures.rules.counting import Group, Measures
    from portal.organisation.words import Structure

    Counts = NDArray[np.int_]

LEAST_ASKED = 0.5  # of those who answered; a question that fewer answered is not published
PARTS_APART = 3  # values of a hidden part: Danish practice lets no count below this be told
WEIGHTS = {Level.AGENCY: 1000.0, Level.DEPARTMENT: 30.0, Level.OFFICE: 20.0, Level.GROUP: 10.0}
WHOLE = 5.0  # how much heavier a cell is that is not parted by outcome or language
PLACES: tuple[tuple[str, str], ...] = (
    (ALL, ALL),
    *((outcome, ALL) for outcome in Outcome),
    *((ALL, language) for language in Language),
)


def units_of(structure: Structure, groups: Sequence[Group]) -> dict[Unit, tuple[int, ...]]:
    """The units of a quarter, and which of the groups each holds whole."""
    units = structure.units + tuple(
        Unit(Level.GROUP, one.code, one.code, holder_of(structure, one.groups).key)
        for one in groups
    )
    held: dict[str, list[int]] = {unit.key: [] for unit in units}
    inside = {unit.key: unit.inside for unit in units}
    for place, one in enumerate(groups):
        key: str | None = f"{Level.GROUP}:{one.code}"
        while key is not None:
            held[key].append(place)
            key = inside[key]
    return {unit: tuple(held[unit.key]) for unit in units}


def name_of(unit: str, outcome: str, language: str) -> str:
    """What a cell is called."""
    return f"{unit}|{outcome}|{language}"


def cells_of(units: Mapping[Unit, tuple[int, ...]]) -> list[Cell]:
    """Each unit by outcome, by language, and as a whole."""
    return [
        Cell(
            name_of(unit.key, outcome, language),
            tuple(g * LEAVES + leaf for g in held for leaf in _leaves(outcome, language)),
            WEIGHTS[unit.level] * (WHOLE if (outcome, language) == (ALL, ALL) else 1),
        )
        for unit, held in units.items()
        for outcome, language in PLACES
    ]


def _leaves(outcome: str, language: str) -> list[int]:
    return [
        o * LANGUAGES + spoken
        for o, one in enumerate(Outcome)
        for spoken, other in enumerate(Language)
        if outcome in {ALL, one} and language in {ALL, other}
    ]


def frame_of(counts: Counts, measures: Measures) -> tuple[Frame, list[str]]:
    """The tables with all that links them, and the measure of each pattern after the first.

    The first tells of all answers, and of all answers to each rating, alike: what is left of one
    in the other is known then. Each rating that too few answered is left out.
    """
    width, every = counts.shape[1], _weights(counts.shape[1], 0)
    total = counts[:, 0].sum()
    people: list[Expression] = [Expression(every)]
    bounds: list[tuple[float, ...]] = []
    patterns: list[Pattern] = []
    named: list[str] = []
    for place, question in enumerate(measures.ratings):
        upper, lower = 1 + 2 * place, 2 + 2 * place
        bounds.append(_weights(width, 0, upper, lower))
        if counts[:, [upper, lower]].sum() < LEAST_ASKED * total:
            continue
        asked = tuple(np.add(_weights(width, upper), _weights(width, lower)).tolist())
        people.append(Expression(asked))
        patterns.append(_part(width, (upper, lower), _weights(width, lower), asked))
        named.append(question)
    first = 1 + 2 * len(measures.ratings)
    for place, (question, option) in enumerate(measures.options, first):
        bounds.append(_weights(width, 0, place))
        patterns.append(_part(width, (place,), bounds[-1], every))
        named.append(f"{question}.{option}")
    base = Pattern(tuple(people), least=True)
    return Frame(counts.astype(float), tuple(bounds), (base, *patterns)), named


def _weights(width: int, column: int, *less: int) -> tuple[float, ...]:
    made = [0.0] * width
    made[column] = 1.0
    for one in less:
        made[one] = -1.0
    return tuple(made)


def _part(
    width: int, columns: tuple[int, ...], rest: tuple[float, ...], of: tuple[float, ...]
) -> Pattern:
    """Who is in the upper half, or has ticked an option, and who is not."""
    part = Expression(_weights(width, columns[0]), of)
    return Pattern((part,), (Expression(rest, of),), columns=columns, apart=PARTS_APART)
