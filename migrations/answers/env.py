"""Alembic's environment of the answer door's database: on SQLite and PostgreSQL."""

from __future__ import annotations

from alembic import context

from portal.answers.models import Store
from portal.cli.database import migrate
from portal.db import engine_for

address = context.config.get_main_option("sqlalchemy.url") or ""
migrate(engine_for(address, traceless=True), Store)
