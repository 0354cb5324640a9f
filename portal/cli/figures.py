"""Commands of the figures: close quarters, take in the yearly measurement and the organisation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import CannotRun, database, settings_or_stop
from portal.figures import actions as closing
from portal.figures.queries import asked_quarters
from portal.figures.rules.measurements import measurements
from portal.figures.words import AlreadyClosed, FaultyMeasurement, TooEarly
from portal.organisation import actions as offices
from portal.organisation.queries import read
from portal.organisation.words import FaultyOrganisation

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from portal.participation.words import Quarter

WAIT = 600  # seconds, as a closing reads all answers of a quarter
FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE"
)


@click.group()
def figures() -> None:
    """Figures of closed quarters, by which nobody can be found."""


@click.group()
def organisation() -> None:
    """Which office answers for which areas."""


@figures.command()
def close() -> None:
    """Close each quarter whose last answers are in. Meant to run each night.

    A closed quarter is never counted again.
    """
    today = clock.day_of(clock.now())
    with database(settings_or_stop(), WAIT) as engine:
        done = closed(engine, today)
    click.echo("closed: " + (", ".join(f"{one.year}-{one.number}" for one in done) or "none"))


def closed(engine: Engine, today: date) -> list[Quarter]:
    """Close what can be closed, each quarter in a transaction of its own; which these were."""
    done = []
    with Session(engine) as session:
        quarters = asked_quarters(session)
    for quarter in quarters:
        with Session(engine.execution_options(writes=True)) as session:
            try:
                closing.close(session, quarter, today)
                session.commit()
            except (TooEarly, AlreadyClosed):
                continue
            except IntegrityError:  # another command closed it meanwhile
                session.rollback()
                continue
        done.append(quarter)
    return done


@figures.command("import-measurement")
@FILE
def import_measurement(file: Path) -> None:
    """Take in the yearly internal measurement: a CSV with year;unit;dimension;n;share.

    All of it or nothing. What is told again for a year, a unit and a dimension replaces it.
    """
    try:
        rows = measurements(_text(file))
    except FaultyMeasurement as wrong:
        message = f"{file.name}: nothing was taken in.\n{wrong}"
        raise CannotRun(message) from None
    with (
        database(settings_or_stop()) as engine,
        Session(engine.execution_options(writes=True)) as session,
    ):
        closing.take_in_measurement(session, rows)
        session.commit()
    click.echo(f"{len(rows)} results taken in")


@organisation.command("import")
@FILE
def import_organisation(file: Path) -> None:
    """Take in departments and offices from a TOML file. Nothing that was is taken away."""
    today = clock.day_of(clock.now())
    try:
        told = read(_text(file))
        with (
            database(settings_or_stop()) as engine,
            Session(engine.execution_options(writes=True)) as session,
        ):
            offices.take_in(session, told, today)
            session.commit()
    except FaultyOrganisation as wrong:
        message = f"{file.name}: nothing was taken in.\n{wrong}"
        raise CannotRun(message) from None
    click.echo(f"{len(told.departments)} departments, {len(told.offices)} offices taken in")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        message = f"{file.name} cannot be read as text in UTF-8."
        raise CannotRun(message) from None
