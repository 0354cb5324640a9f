"""Over which units the texts of a quarter are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from portal.feedback.models import FeedbackText
from portal.organisation.queries import structure_on
from portal.organisation.rules import holder_of
from portal.participation.models import ParticipationCohort
from portal.suppression.words import Cell
from portal.themes.queries.coding import RELEASED, in_quarter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from portal.organisation.words import Structure, Unit
    from portal.participation.words import Quarter


class Ground(NamedTuple):
    """The cohorts of a quarter in their order, and its units with the cohorts that they sum."""

    leaves: tuple[str, ...]
    cells: tuple[Cell, ...]
    units: tuple[Unit, ...]

    def cohorts_of(self, unit: str) -> tuple[str, ...]:
        """The cohorts of a unit; none of one that there is not."""
        found = (cell for cell in self.cells if cell.name == unit)
        return tuple(self.leaves[leaf] for cell in found for leaf in cell.leaves)


def ground_of(session: Session, quarter: Quarter) -> Ground:
    """The units of the quarter's last day. A cohort counts at the lowest that holds all of it."""
    structure = structure_on(session, quarter.last)
    told = session.scalars(
        select(FeedbackText.cohort)
        .where(RELEASED, in_quarter(quarter))
        .distinct()
        .order_by(FeedbackText.cohort)
    )
    leaves = tuple(told)
    held_by = session.execute(
        select(ParticipationCohort.name, ParticipationCohort.groups).where(
            ParticipationCohort.name.in_(leaves)
        )
    )
    groups = {row.name: row.groups for row in held_by}
    around = [set(_around(structure, groups.get(leaf, []))) for leaf in leaves]
    sums = [
        (unit, tuple(place for place, chain in enumerate(around) if unit.key in chain))
        for unit in structure.units
    ]
    return Ground(
        leaves,
        tuple(Cell(unit.key, held) for unit, held in sums if held),
        tuple(unit for unit, held in sums if held),
    )


def _around(structure: Structure, groups: list[str]) -> Iterator[str]:
    """The units that a cohort of these groups counts in, from the lowest to the agency."""
    by_key = {unit.key: unit for unit in structure.units}
    key: str | None = holder_of(structure, groups).key
    while key is not None:
        yield key
        key = by_key[key].inside
