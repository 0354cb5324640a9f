"""The log as data protection reads it: looked up, and what stands out by itself."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portal.audit.models import AuditEntry
from portal.audit.queries import part_of
from portal.audit.rules.unusual import HOUR, MANY_CASES, Seen, at_night, many_at_once
from portal.audit.words import Act, Actor, Outstanding, Sought, Standing
from portal.clock import COPENHAGEN
from portal.rows import among

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from portal.audit.queries import Part
    from portal.audit.words import Search

LATELY = timedelta(days=7)
SOME_REFUSALS = 3  # of one account: a mistyped address is none
MOST = 50  # of each kind
REFUSALS = (Act.CASE_REFUSED, Act.PAGE_REFUSED, Act.SIGN_IN_REFUSED)


def found(session: Session, search: Search, page: int, size: int) -> Part:
    """The entries that are looked up, the newest first."""
    return part_of(session, _wanted(session, search), page, size)


def _wanted(session: Session, search: Search) -> list[ColumnElement[bool]]:
    if search.what is Sought.CASE:
        return [among(session, AuditEntry.case_id, search.cases)]
    if search.what is Sought.ACCOUNT:
        return [AuditEntry.account_id == search.account]
    begin = datetime.combine(search.day or datetime.now(UTC).date(), time(), COPENHAGEN)
    end = datetime.combine(begin.date() + timedelta(days=1), time(), COPENHAGEN)
    return [AuditEntry.at >= begin, AuditEntry.at < end]


def searches(session: Session, account: UUID, now: datetime) -> int:
    """How often this account has looked something up within the hour."""
    mine = (AuditEntry.account_id == account, AuditEntry.act == Act.LOG_SEARCHED)
    return session.scalar(select(func.count()).where(*mine, AuditEntry.at >= now - HOUR)) or 0


def standing_out(session: Session, now: datetime) -> list[Outstanding]:
    """What stands out of the last days."""
    lately = AuditEntry.at >= now - LATELY
    staff = [lately, AuditEntry.actor == Actor.STAFF]
    counted = select(AuditEntry.account_id).where(lately, AuditEntry.account_id.is_not(None))
    busy = counted.group_by(AuditEntry.account_id).having(
        func.count(AuditEntry.case_id.distinct()) >= MANY_CASES
    )
    return [
        *_refused(session, lately),
        *at_night(_seen(session, *staff))[:MOST],
        *many_at_once(_seen(session, lately, AuditEntry.account_id.in_(busy)))[:MOST],
    ]


def _refused(session: Session, lately: ColumnElement[bool]) -> list[Outstanding]:
    count, newest = func.count(), func.max(AuditEntry.at)
    rows = session.execute(
        select(AuditEntry.actor, AuditEntry.account_id, newest, count)
        .where(lately, AuditEntry.act.in_(REFUSALS), AuditEntry.account_id.is_not(None))
        .group_by(AuditEntry.actor, AuditEntry.account_id)
        .having(count >= SOME_REFUSALS)
        .order_by(count.desc())
        .limit(MOST)
    )
    return [Outstanding(Standing.REFUSED, actor, account, at, times)
            for actor, account, at, times in rows if account is not None]  # fmt: skip


def _seen(session: Session, *wanted: ColumnElement[bool]) -> Iterator[Seen]:
    columns = (AuditEntry.at, AuditEntry.actor, AuditEntry.account_id, AuditEntry.case_id)
    rows = session.execute(select(*columns).where(*wanted).order_by(AuditEntry.at))
    for at, actor, account, case in rows:
        if account is not None:
            yield Seen(at, actor, account, case)
