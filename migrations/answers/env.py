"""Alembic's environment of the answer door's database: on SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from portal.answers.models import Store
from portal.db import engine_for

# A migration that cannot have its lock gives up, and readers go on answering.
LOCK_WAIT = "1s"


def run() -> None:
    """Run the migrations on the database that the configuration names."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = engine_for(url, traceless=True)
    with engine.connect() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        if on_postgresql:
            connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}'"))
            connection.execute(text("SET statement_timeout = 0"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Store.metadata,
            # SQLite changes a table by making a new one.
            render_as_batch=not on_postgresql,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
