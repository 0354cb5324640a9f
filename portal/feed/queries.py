"""Reads about those who tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from portal.feed.models import Source
from portal.feed.rules import is_silent
from portal.feed.words import SourceStatus

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session


COLUMNS = select(Source.source, Source.name, Source.heard_at, Source.silent_after)
ONE = COLUMNS.where(Source.source == bindparam("source"))


def status_of(session: Session, source: str, now: datetime) -> SourceStatus:
    """When this source was last heard. One that never was is silent."""
    row = session.execute(ONE, {"source": source}).one_or_none()
    return SourceStatus(source, source, None, silent=True) if row is None else _status(row, now)


def statuses(session: Session, now: datetime) -> list[SourceStatus]:
    """Every source, by name."""
    return [_status(row, now) for row in session.execute(COLUMNS.order_by(Source.name))]


def _status(row: Row[str, str, datetime, int], now: datetime) -> SourceStatus:
    silent = is_silent(row.heard_at, row.silent_after, now)
    return SourceStatus(row.source, row.name, row.heard_at, silent)
