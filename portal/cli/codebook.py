"""Taking in a codebook from a file, and closing the quarters that are coded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import CannotRun, database, settings_or_stop
from portal.figures.queries import closed_quarters as figured_quarters
from portal.i18n import STAFF_VIEWS
from portal.themes import actions
from portal.themes.queries import closed_quarters, first_codebook
from portal.themes.rules.codebook import read
from portal.themes.words import FaultyCodebook, TextsWait

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from portal.participation.words import Quarter

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def codebook(file: Path | None) -> None:
    """Add the themes of FILE to the codebook; without FILE those to begin with.

    Themes that are there as told stay. Where anything is wrong all of it is named, and nothing is
    taken in.
    """
    try:
        told = read(file.read_text("utf-8") if file else first_codebook(), STAFF_VIEWS)
        with (
            database(settings_or_stop()) as engine,
            Session(engine.execution_options(writes=True)) as session,
        ):
            added = actions.take_in(session, told, clock.now())
            session.commit()
    except UnicodeDecodeError:
        message = "The file is not UTF-8. Nothing was taken in."
        raise CannotRun(message) from None
    except FaultyCodebook as faulty:
        message = "\n".join((*faulty.faults, "Nothing was taken in."))
        raise CannotRun(message) from None
    click.echo(f"{added} themes added, {len(told) - added} were there")


@click.command()
def close() -> None:
    """Fix the theme figures of each quarter whose texts are all coded. Run it nightly.

    Its other figures have to be closed before: `indblik figures close`.
    """
    today = clock.day_of(clock.now())
    with database(settings_or_stop()) as engine:
        with Session(engine) as session:
            done = closed_quarters(session)
            due = [one for one in figured_quarters(session) if one not in done]
        for quarter in sorted(due):
            click.echo(f"{quarter.year}-{quarter.number}: {_closed(engine, quarter, today)}")


def _closed(engine: Engine, quarter: Quarter, today: date) -> str:
    with Session(engine.execution_options(writes=True)) as session:
        try:
            actions.close(session, quarter, today)
        except TextsWait as waiting:
            return f"{waiting.count} texts wait for coding"
        session.commit()
    return "closed"
