"""Commands about the database."""

from __future__ import annotations

from pathlib import Path

import click
from alembic import command
from alembic.config import Config

import portal
from portal.cli.house import CannotRun, database, settings_or_stop

MIGRATIONS = Path(portal.__file__).parent.parent / "migrations"
OF_ANSWERS = MIGRATIONS / "answers"  # the door's database


@click.group()
def db() -> None:
    """Bring the database's tables up to date."""


@db.command()
def upgrade() -> None:
    """Create the tables, or change them to what this version needs."""
    settings = settings_or_stop()
    with database(settings):
        upgraded(settings.database_url)
    click.echo("The database is up to date.")


def upgraded(url: str, migrations: Path = MIGRATIONS) -> None:
    """Run the migrations that the database at this address lacks."""
    if not migrations.is_dir():
        message = "The migrations are missing: they stand beside the package, in migrations/."
        raise CannotRun(message)
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")
