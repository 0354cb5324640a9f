"""Reads of figures: of what is published, and of the answers that it is counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Text, cast, select

from portal.feedback.models import FeedbackRatings
from portal.figures.models import FigureQuarter, FigureUnit, StoredFigure, StoredMeasurement
from portal.figures.rules.counting import Answer
from portal.figures.words import (
    Asked,
    Figure,
    Measured,
    QuarterFigures,
    QuarterNotClosed,
    Turnout,
)
from portal.organisation.words import Level, Unit
from portal.participation.models import ParticipationCohort
from portal.participation.rules import quarter_of
from portal.participation.words import Quarter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Pool
    from sqlalchemy.orm import Session


STREAMED = 5_000  # answers that are held at a time


def of(
    model: type[FigureQuarter | FigureUnit | StoredFigure], quarter: Quarter
) -> ColumnElement[bool]:
    """What was published of a quarter."""
    return (model.year == quarter.year) & (model.number == quarter.number)


def closed_quarters(session: Session) -> list[Quarter]:
    """The quarters that figures are published of, the newest first."""
    rows = session.execute(
        select(FigureQuarter.year, FigureQuarter.number).order_by(
            FigureQuarter.year.desc(), FigureQuarter.number.desc()
        )
    )
    return [Quarter(*row) for row in rows]


# What is closed never changes, so it is read once by each process and for each database.
_KEPT: WeakKeyDictionary[Pool, dict[Quarter, tuple[date, QuarterFigures]]] = WeakKeyDictionary()


def figures_of(session: Session, quarter: Quarter) -> QuarterFigures:
    """All that is published of a quarter. Raises QuarterNotClosed."""
    closed_on = session.scalar(select(FigureQuarter.closed_on).where(of(FigureQuarter, quarter)))
    if closed_on is None:
        raise QuarterNotClosed
    kept = _KEPT.setdefault(session.get_bind().engine.pool, {})
    if kept.get(quarter, (None,))[0] != closed_on:  # a database that was put back may differ
        kept[quarter] = closed_on, _read(session, quarter)
    return kept[quarter][1]


def _read(session: Session, quarter: Quarter) -> QuarterFigures:
    rows = session.execute(
        select(
            FigureUnit.level,
            FigureUnit.code,
            FigureUnit.name,
            FigureUnit.inside,
            FigureUnit.decided,
            FigureUnit.invited,
            FigureUnit.answered,
        )
        .where(of(FigureUnit, quarter))
        .order_by(FigureUnit.place)
    ).all()
    units = tuple(Unit(Level(row.level), *row[1:4]) for row in rows)
    figures = session.execute(
        select(
            StoredFigure.unit,
            StoredFigure.outcome,
            StoredFigure.language,
            StoredFigure.measure,
            StoredFigure.n,
            StoredFigure.of,
        ).where(of(StoredFigure, quarter))
    )
    return QuarterFigures(
        quarter,
        units,
        tuple(Turnout(unit.key, *row[4:]) for unit, row in zip(units, rows, strict=True)),
        tuple(Figure(*row) for row in figures),
    )


def measured(session: Session) -> list[Measured]:
    """All results of the yearly internal measurement, the newest first."""
    rows = session.execute(
        select(
            StoredMeasurement.year,
            StoredMeasurement.unit,
            StoredMeasurement.dimension,
            StoredMeasurement.n,
            StoredMeasurement.share,
        ).order_by(
            StoredMeasurement.year.desc(), StoredMeasurement.unit, StoredMeasurement.dimension
        )
    )
    return [Measured(*row) for row in rows]


def asked_in(session: Session, quarter: Quarter) -> list[Asked]:
    """The cohorts of a quarter."""
    rows = session.execute(
        select(
            ParticipationCohort.name,
            ParticipationCohort.groups,
            ParticipationCohort.invited,
            ParticipationCohort.redeem_until,
        )
        .where(ParticipationCohort.issue_from == quarter.first)
        .order_by(ParticipationCohort.name)
    )
    return [Asked(row[0], tuple(row[1]), *row[2:]) for row in rows]


def asked_quarters(session: Session) -> list[Quarter]:
    """The quarters that anybody was asked about, the oldest first."""
    begins = select(ParticipationCohort.issue_from).distinct()
    return sorted(quarter_of(day) for day in session.scalars(begins))


def answers_of(session: Session, cohorts: Sequence[str]) -> Iterator[Answer]:
    """The ratings and choices of these cohorts, a few thousand at a time."""
    ratings = msgspec.json.Decoder(dict[str, str])
    choices = msgspec.json.Decoder(dict[str, list[str]])
    rows = session.execute(
        select(
            FeedbackRatings.cohort,
            FeedbackRatings.lang,
            # As text: what the database's driver makes of it takes longer.
            cast(FeedbackRatings.ratings, Text),
            cast(FeedbackRatings.choices, Text),
        ).where(FeedbackRatings.cohort.in_(cohorts)),
        execution_options={"yield_per": STREAMED},
    )
    for cohort, lang, rated, chosen in rows:
        yield Answer(cohort, lang, ratings.decode(rated), choices.decode(chosen))
