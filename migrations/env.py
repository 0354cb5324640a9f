"""Alembic's environment: the same migrations on SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

# Imported so that each room's tables are in the metadata.
from portal.audit import models as audit
from portal.cases import models as cases
from portal.changes import models as changes
from portal.db import Base, engine_for
from portal.estimates import models as estimates
from portal.feed import models as feed
from portal.feedback import models as feedback
from portal.identity import models as identity
from portal.panels import models as panels
from portal.participation import models as participation
from portal.themes import models as themes

ROOMS = (audit, cases, changes, estimates, feed, feedback, identity, panels, participation, themes)
# A migration that cannot have its lock gives up, and traffic goes on.
LOCK_WAIT = "1s"


def run() -> None:
    """Run the migrations on the database that the configuration names."""
    engine = engine_for(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        if on_postgresql:
            connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}'"))
            connection.execute(text("SET statement_timeout = 0"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            # SQLite changes a table by making a new one.
            render_as_batch=not on_postgresql,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
