"""What a change may name, and what its indicator did: from the fixed tables alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.changes.rules import moved
from portal.changes.words import Indicator, Known, Moved, Share
from portal.figures.queries import closed_quarters, figures_of
from portal.figures.rules import interval
from portal.figures.words import ANSWERED
from portal.organisation.queries import structure_on, units_on
from portal.organisation.words import AGENCY
from portal.participation.words import Group
from portal.themes.queries import themes

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from portal.participation.words import Quarter


def known_on(session: Session, day: date) -> Known:
    """What a change may name on a day: active themes, units that are, and what is measured."""
    quarters = tuple(closed_quarters(session))
    figures = figures_of(session, quarters[0]).figures if quarters else ()
    shares = [one for one in figures if one.measure != ANSWERED]
    return Known(
        themes={one.code: (str(one.state), one.into) for one in themes(session)},
        units=frozenset(unit.key for unit in units_on(session, day)),
        measures=frozenset(one.measure for one in shares),
        outcomes=frozenset(one.outcome for one in shares),
        quarters=quarters,
    )


def groups_of(session: Session, unit: str, day: date) -> frozenset[str]:
    """The coarse areas that a unit works with on a day; all of them for the agency."""
    if unit == AGENCY.key:
        return frozenset(Group)
    known = structure_on(session, day)
    around = {one.key: one.inside for one in known.units}
    return frozenset(
        group for group, office in known.offices.items() if unit in {office, around[office]}
    )


def moved_in(session: Session, indicator: Indicator) -> Moved:
    """What an indicator did, as far as it is shown."""
    known = set(closed_quarters(session))
    closed = indicator.after in known
    before = _share(session, indicator, indicator.before) if indicator.before in known else None
    after = _share(session, indicator, indicator.after) if closed and indicator.after else None
    return moved(before, after, closed=closed)


def is_shown(session: Session, indicator: Indicator) -> bool:
    """Whether the figure that a change begins from is shown."""
    return moved_in(session, replace(indicator, after=None)).before is not None


def _share(session: Session, what: Indicator, quarter: Quarter) -> Share | None:
    """The share of a closed quarter; None where it is hidden."""
    cell = figures_of(session, quarter).by(what.unit, what.outcome).get(what.measure)
    return _of(cell.of, cell.n) if cell else None


def _of(of: int | None, n: int | None) -> Share | None:
    return Share(of, n, *interval(of, n)) if of is not None and n else None
