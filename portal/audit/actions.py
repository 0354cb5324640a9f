"""Writing the audit log, in transactions of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from portal.audit.models import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.audit.words import Entry


def record(engine: Engine, entry: Entry) -> None:
    """Write one entry and commit it, so that it outlives a page that fails afterwards."""
    with engine.begin() as connection:
        connection.execute(
            insert(AuditEntry).values(
                at=entry.at,
                act=entry.act,
                actor=entry.actor,
                account_id=entry.account,
                role=entry.role,
                case_id=entry.case,
                page=entry.page,
                why=entry.why,
            )
        )
