"""Over which units the texts of a quarter are counted: those that its other figures have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.queries import asked_in
from portal.figures.rules.counting import groups_of
from portal.figures.rules.tables import units_of
from portal.organisation.queries import structure_on
from portal.themes.rules.counting import Ground

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.participation.words import Quarter


def ground_of(session: Session, quarter: Quarter) -> Ground:
    """The units of the quarter's last day, with the groups that each holds whole."""
    groups = groups_of(asked_in(session, quarter))
    units = units_of(structure_on(session, quarter.last), groups)
    return Ground(
        tuple(one.cohorts for one in groups),
        {unit.key: held for unit, held in units.items() if held},
    )


def cohorts_of(session: Session, quarter: Quarter, unit: str) -> tuple[str, ...]:
    """The cohorts that a unit counts; none of one that there is not."""
    return ground_of(session, quarter).cohorts_of(unit)
