"""Over which units the texts of a quarter are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from portal.feedback.models import FeedbackText
from portal.suppression.words import Cell
from portal.themes.queries.coding import RELEASED, in_quarter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.participation.words import Quarter

AGENCY = "agency:all"


class Ground(NamedTuple):
    """The cohorts of a quarter in their order, and the units with the cohorts that they sum."""

    leaves: tuple[str, ...]
    cells: tuple[Cell, ...]

    def cohorts_of(self, unit: str) -> tuple[str, ...]:
        """The cohorts of a unit; none of one that there is not."""
        found = (cell for cell in self.cells if cell.name == unit)
        return tuple(self.leaves[leaf] for cell in found for leaf in cell.leaves)


def ground_of(session: Session, quarter: Quarter) -> Ground:
    """The ground that the figures of the quarter stand on as well."""
    leaves = session.scalars(
        select(FeedbackText.cohort)
        .where(RELEASED, in_quarter(quarter))
        .distinct()
        .order_by(FeedbackText.cohort)
    ).all()
    return Ground(tuple(leaves), (Cell(AGENCY, tuple(range(len(leaves)))),))
