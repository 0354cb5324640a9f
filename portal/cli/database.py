"""Commands about the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from alembic import command
from alembic.config import Config

import portal
from portal.cli.house import CannotRun, database, settings_or_stop

if TYPE_CHECKING:
    from sqlalchemy import Engine

MIGRATIONS = Path(portal.__file__).parent.parent / "migrations"


@click.group()
def db() -> None:
    """Bring the database's tables up to date."""


@db.command()
def upgrade() -> None:
    """Create the tables, or change them to what this version needs."""
    with database(settings_or_stop()) as engine:
        upgraded(engine)
    click.echo("The database is up to date.")


def upgraded(engine: Engine) -> None:
    """Run the migrations that the database lacks."""
    if not MIGRATIONS.is_dir():
        message = "The migrations are missing: they stand beside the package, in migrations/."
        raise CannotRun(message)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
