"""Commands about the database."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from alembic import command, context
from alembic.config import Config

import portal
from portal.cli.house import CannotRun, database, settings_or_stop
from portal.db import Base, give_way

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.answers.models import Store

HOME = Path(portal.__file__).parent
MIGRATIONS = HOME.parent / "migrations"
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


# --- What both environments of Alembic run.


def rooms() -> type[Base]:
    """What the tables of all rooms hang on. Those of the answer door have a base of their own."""
    for models in sorted(HOME.glob("*/models.py")):
        import_module(f"portal.{models.parent.name}.models")
    return Base


def migrate(engine: Engine, base: type[Base | Store]) -> None:
    """Run the migrations that Alembic was asked for, on SQLite or PostgreSQL."""
    with engine.connect() as connection:
        give_way(connection)
        context.configure(
            connection=connection,
            target_metadata=base.metadata,
            # SQLite changes a table by making a new one.
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()
