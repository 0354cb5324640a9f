"""Taking in a codebook from a file."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import CannotRun, database, settings_or_stop
from portal.i18n import VIEWS
from portal.themes import actions
from portal.themes.queries import first_codebook
from portal.themes.rules.codebook import read
from portal.themes.words import FaultyCodebook

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
        told = read(file.read_text("utf-8") if file else first_codebook(), VIEWS)
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
