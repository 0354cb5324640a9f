"""Closed quarters as stored: what is published, and nothing else. What is hidden is NULL."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Double, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


def of_a_quarter() -> ForeignKeyConstraint:
    """What a quarter was published with."""
    return ForeignKeyConstraint(
        ["year", "number"], ["figure_quarters.year", "figure_quarters.number"]
    )


class FigureQuarter(Base):
    """A quarter whose figures are published. They are never counted again."""

    __tablename__ = "figure_quarters"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    closed_on: Mapped[date]


class FigureUnit(Base):
    """A unit as it was in the quarter, and its turnout."""

    __tablename__ = "figure_units"
    __table_args__ = (of_a_quarter(),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    inside: Mapped[str | None]
    decided: Mapped[int | None]
    invited: Mapped[int | None]
    answered: Mapped[int | None]


class StoredFigure(Base):
    """One cell of the tables."""

    __tablename__ = "figures"
    __table_args__ = (of_a_quarter(),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int | None]
    of: Mapped[int | None]


class StoredMeasurement(Base):
    """A result of the yearly internal measurement."""

    __tablename__ = "figure_measurements"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit: Mapped[str] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]
    share: Mapped[float] = mapped_column(Double)
