"""Writing the audit log, in transactions of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from portal.audit.models import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.audit.words import Entry


# `inline`: nobody asks for the key of the new row.
INSERT = insert(AuditEntry).inline()


def record(engine: Engine, entry: Entry) -> None:
    """Write one entry and commit it, so that it outlives a page that fails afterwards."""
    row = {
        "at": entry.at,
        "act": entry.act,
        "actor": entry.actor,
        "account_id": entry.account,
        "role": entry.role,
        "case_id": entry.case,
        "page": entry.page,
        "why": entry.why,
    }
    with engine.begin() as connection:
        connection.execute(INSERT, row)
