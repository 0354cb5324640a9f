"""Writing the audit log, whose entries are committed by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert

from portal.audit.models import AuditEntry

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from portal.audit.words import Entry


# `inline`: nobody asks for the key of the new row.
INSERT = insert(AuditEntry).inline()


def record(connection: Connection, entry: Entry) -> None:
    """Write one entry.

    The connection is one that nothing else waits to be committed on: the entry has to outlive
    a page that fails afterwards.
    """
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
    connection.execute(INSERT, row)
