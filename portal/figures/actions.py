"""Closing a quarter for good, and taking in the yearly internal measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from portal.figures.models import FigureQuarter, FigureUnit, StoredFigure, StoredMeasurement
from portal.figures.queries import answers_of, asked_in, closed_quarters
from portal.figures.rules import can_be_closed
from portal.figures.rules.counting import counted, groups_of, measures_of
from portal.figures.rules.publishing import quarter_figures
from portal.figures.words import AlreadyClosed, TooEarly
from portal.organisation.queries import structure_on
from portal.participation.queries import decided_in
from portal.questionnaire.queries import questionnaires

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from portal.figures.words import Measured, QuarterFigures
    from portal.participation.words import Quarter

WRITTEN = 1_000  # rows of one statement


def close(session: Session, quarter: Quarter, today: date) -> None:
    """Count a quarter and keep what may be published of it. Raises TooEarly, AlreadyClosed."""
    if quarter in closed_quarters(session):
        raise AlreadyClosed
    asked = asked_in(session, quarter)
    if not can_be_closed(asked, today):
        raise TooEarly
    groups, measures = groups_of(asked), measures_of(questionnaires())
    counts = counted(answers_of(session, [one.name for one in asked]), groups, measures)
    structure, decided = structure_on(session, quarter.last), decided_in(session, quarter)
    made = quarter_figures(quarter, structure, groups, measures, counts, decided)
    keep(session, made, today)


def keep(session: Session, made: QuarterFigures, today: date) -> None:
    """Keep what is published of a quarter that is not closed yet."""
    key = {"year": made.quarter.year, "number": made.quarter.number}
    session.execute(insert(FigureQuarter), key | {"closed_on": today})
    session.execute(insert(FigureUnit), list(_units(made, key)))
    rows: list[dict[str, object]] = [
        {
            **key,
            "unit": one.unit,
            "outcome": one.outcome,
            "language": one.language,
            "measure": one.measure,
            "n": one.n,
            "of": one.of,
        }
        for one in made.figures
    ]
    for begin in range(0, len(rows), WRITTEN):
        session.execute(insert(StoredFigure), rows[begin : begin + WRITTEN])
    session.flush()


def _units(made: QuarterFigures, key: dict[str, int]) -> Iterator[dict[str, object]]:
    for place, (unit, turnout) in enumerate(zip(made.units, made.turnouts, strict=True)):
        yield {
            **key,
            "place": place,
            "level": unit.level,
            "code": unit.code,
            "name": unit.name,
            "inside": unit.inside,
            "decided": turnout.decided,
            "invited": turnout.invited,
            "answered": turnout.answered,
        }


def take_in_measurement(session: Session, rows: Iterable[Measured]) -> None:
    """Keep results of the yearly measurement; one that is told again replaces the earlier."""
    for one in rows:
        session.merge(
            StoredMeasurement(
                year=one.year, unit=one.unit, dimension=one.dimension, n=one.n, share=one.share
            )
        )
    session.flush()
