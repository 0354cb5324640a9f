"""Reads about those who tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.feed.models import Source
from portal.feed.rules import is_silent
from portal.feed.words import SourceStatus

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def status_of(session: Session, source: str, now: datetime) -> SourceStatus:
    """When this source was last heard. One that never was is silent."""
    found = session.get(Source, source)
    return SourceStatus(source, source, None, silent=True) if found is None else _status(found, now)


def statuses(session: Session, now: datetime) -> list[SourceStatus]:
    """Every source, by name."""
    return [_status(found, now) for found in session.scalars(select(Source).order_by(Source.name))]


def _status(source: Source, now: datetime) -> SourceStatus:
    silent = is_silent(source.heard_at, source.silent_after, now)
    return SourceStatus(source.source, source.name, source.heard_at, silent)
