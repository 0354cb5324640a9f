"""Reads about those who tell."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import bindparam, func, select

from portal.cases.models import Case, CaseEvent
from portal.cases.queries import events_of
from portal.cases.rules import VERSION, folded, unpacked
from portal.clock import day_of
from portal.feed.models import Source
from portal.feed.rules import is_silent
from portal.feed.words import Gap, SourceStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from portal.cases.words import State


COLUMNS = select(Source.source, Source.name, Source.heard_at, Source.silent_after, Source.sequence)
ONE = COLUMNS.where(Source.source == bindparam("source"))
MOST_GAPS = 100


def status_of(session: Session, source: str, now: datetime) -> SourceStatus:
    """When this source was last heard. One that never was is silent."""
    row = session.connection().execute(ONE, {"source": source}).one_or_none()
    return SourceStatus(source, source, None, silent=True) if row is None else _status(row, now)


def statuses(session: Session, now: datetime) -> list[SourceStatus]:
    """Every source, by name."""
    return [_status(row, now) for row in session.execute(COLUMNS.order_by(Source.name))]


def gaps_of(session: Session, source: SourceStatus) -> list[Gap]:
    """Numbers that were not told, counted from the lowest that was; at most `MOST_GAPS` gaps.

    None for a source that does not say that it numbers its events.
    """
    if source.sequence is None:
        return []
    told = (
        select(CaseEvent.sequence)
        .where(CaseEvent.source == source.source, CaseEvent.sequence > 0)
        .distinct()
        .subquery()
    )
    following = func.lead(told.c.sequence, 1, source.sequence + 1).over(order_by=told.c.sequence)
    steps = select(told.c.sequence.label("number"), following.label("following")).subquery()
    rows = session.execute(
        select(steps)
        .where(steps.c.following > steps.c.number + 1)
        .order_by(steps.c.number)
        .limit(MOST_GAPS)
    )
    return [Gap(row.number + 1, row.following - 1) for row in rows]


def states_of(session: Session, source: str, subjects: Collection[str]) -> dict[str, State]:
    """The cases of a source by its names for them; for work that compares, not for a person."""
    rows = session.execute(
        select(Case.id, Case.subject, Case.state, Case.version).where(
            Case.source == source, Case.subject.in_(subjects)
        )
    )
    return {row.subject: _state(session, row) for row in rows}


def _state(session: Session, row: Row[UUID, str, dict[str, Any], int]) -> State:
    if row.version == VERSION:
        with suppress(msgspec.ValidationError):
            return unpacked(row.state)
    return folded(events_of(session, row.id), day_of)


def subjects_after(session: Session, source: str, subject: str, limit: int) -> list[str]:
    """The next names of cases of a source, in the order of the database."""
    every = select(Case.subject).where(Case.source == source, Case.subject > subject)
    return list(session.scalars(every.order_by(Case.subject).limit(limit)))


def _status(row: Row[str, str, datetime, int, int | None], now: datetime) -> SourceStatus:
    silent = is_silent(row.heard_at, row.silent_after, now)
    return SourceStatus(row.source, row.name, row.heard_at, silent, row.sequence)
