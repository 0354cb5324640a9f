"""Writes of the open figures: a year is closed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import insert

from portal.statistics.models import StatisticsYear

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.statistics.words import Year


def keep(session: Session, figures: Year) -> None:
    """Publish a year. Raises IntegrityError for one that is closed: none is ever revised."""
    values = {
        "year": figures.year,
        "closed_on": figures.closed_on,
        "figures": msgspec.to_builtins(figures),
    }
    session.execute(insert(StatisticsYear), values)
    session.flush()
