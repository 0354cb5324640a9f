"""Alembic's environment: the same migrations on SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import context

from portal.cli.database import migrate, rooms
from portal.db import engine_for

migrate(engine_for(context.config.get_main_option("sqlalchemy.url") or ""), rooms())
