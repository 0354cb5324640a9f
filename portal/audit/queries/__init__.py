"""Reads of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.audit.words import TOLD_OF_CASES, Act, Actor, Entry
from portal.rows import among

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

WHOLE = select(
    AuditEntry.at,
    AuditEntry.act,
    AuditEntry.actor,
    AuditEntry.account_id,
    AuditEntry.role,
    AuditEntry.case_id,
    AuditEntry.page,
    AuditEntry.why,
    func.count().over().label("total"),  # of all, beside those of one page: one read for both
)
NEWEST_FIRST = (AuditEntry.at.desc(), AuditEntry.id.desc())


class Part(NamedTuple):
    """A page of a long list."""

    entries: list[Entry]
    page: int  # from 1; the last one where a later one was asked for
    total: int  # entries on all pages


def views_of(session: Session, cases: Collection[UUID], page: int, size: int) -> Part:
    """Who has opened these cases, or was told of them: newest first."""
    mine = among(session, AuditEntry.case_id, cases)
    return part_of(session, [mine, AuditEntry.act.in_(TOLD_OF_CASES)], page, size)


def part_of(
    session: Session, wanted: Collection[ColumnElement[bool]], page: int, size: int
) -> Part:
    """That page of the entries, or the last one where there are not so many."""
    found = WHOLE.where(*wanted).order_by(*NEWEST_FIRST).limit(size)
    rows = session.execute(found.offset((page - 1) * size)).all()
    if not rows and page > 1:
        count = session.scalar(select(func.count()).where(*wanted)) or 0
        return part_of(session, wanted, max(1, -(-count // size)), size)
    return Part([_entry(row) for row in rows], page, rows[0].total if rows else 0)


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a row with the columns of WHOLE
    return Entry(
        row.at,
        Act(row.act),
        Actor(row.actor),
        row.account_id,
        row.role,
        row.case_id,
        row.page,
        row.why,
    )
