"""Reads of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.audit.words import Act, Actor, Entry

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

MOST = 200  # entries on the page; the page says when there are more


def views_of(session: Session, case_id: UUID) -> list[Entry]:
    """Who has opened a case, newest first, at most `MOST` + 1 entries."""
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.case_id == case_id, AuditEntry.act == Act.CASE_VIEWED)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(MOST + 1)
    )
    return [
        Entry(row.at, Act(row.act), Actor(row.actor), row.account_id, row.role, row.case_id)
        for row in rows
    ]
