"""Reads of what was rejected. Nothing here opens a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portal.feed.words import Code, Reason
from portal.quarantine.models import Quarantined
from portal.quarantine.words import Door, Keeping, Kept, NotKept

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

MOST = 200  # on a page; it says when there are more


def open_records(session: Session, limit: int | None = None) -> list[Kept]:
    """Rejected records that nobody has settled, the newest first."""
    rows = session.scalars(
        select(Quarantined)
        .where(Quarantined.state == Keeping.OPEN)
        .order_by(Quarantined.received_at.desc(), Quarantined.place.desc(), Quarantined.id)
        .limit(limit)
    )
    return [_kept(row) for row in rows]


def open_count(session: Session) -> int:
    """How many are open."""
    count = select(func.count()).select_from(Quarantined).where(Quarantined.state == Keeping.OPEN)
    return session.scalar(count) or 0


def kept_record(session: Session, kept: UUID) -> Kept:
    """One of them, also when it is settled. Raises NotKept."""
    row = session.get(Quarantined, kept)
    if row is None:
        raise NotKept
    return _kept(row)


def _kept(row: Quarantined) -> Kept:
    return Kept(
        row.id,
        row.received_at,
        Door(row.door),
        row.place,
        row.source,
        row.event,
        row.subject,
        row.type,
        tuple(Reason(Code(reason["code"]), reason["field"]) for reason in row.reasons),
        Keeping(row.state),
        row.settled_at,
    )
