"""Reads of the door's database, and how it is opened."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from portal.answers.models import Pooled, Spent
from portal.answers.rules.pools import unpacked
from portal.db import WAIT_SECONDS, engine_for

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portal.answers.words import Pool, Ticket

# What a PostgreSQL server may be set to, and what it would tell.
TELLING = {
    "track_commit_timestamp": "it keeps the moment of each transaction",
    "archive_mode": "it keeps a log of every change with its moment",
    "summarize_wal": "it keeps what each change touched",
}


def store(url: str, wait: int = WAIT_SECONDS) -> Engine:
    """The door's database. A session on it writes: SQLite then waits for its turn at once."""
    return engine_for(url, wait, traceless=True).execution_options(writes=True)


def is_spent(session: Session, ticket: Ticket) -> bool:
    """Whether somebody has answered with this token before."""
    key = (ticket.cohort, sha256(ticket.prepared).digest())
    return session.get(Spent, key) is not None


def unfinished(session: Session) -> dict[str, Pool]:
    """Batches that have left their pools, and may or may not have arrived."""
    rows = session.execute(
        select(Pooled.cohort, Pooled.leaving).where(Pooled.leaving != b"").order_by(Pooled.cohort)
    )
    return {row.cohort: unpacked(row.leaving) for row in rows}


def waiting_counts(session: Session) -> dict[str, int]:
    """How many answers wait in each cohort."""
    rows = session.execute(select(Pooled.cohort, Pooled.waiting).order_by(Pooled.cohort))
    return {row.cohort: len(unpacked(row.waiting).ratings) for row in rows}


def cluster_of(session: Session) -> str | None:
    """Which PostgreSQL cluster this is; None on SQLite, and where the server does not say."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    asked = text("SELECT system_identifier::text FROM pg_control_system()")
    try:
        with session.begin_nested():
            found: str | None = session.scalar(asked)
    except ProgrammingError:
        return None
    return found


def telling_settings(session: Session) -> dict[str, str]:
    """Settings of the server that let it keep more than it should, and what they keep."""
    if session.get_bind().dialect.name != "postgresql":
        return {}
    asked = text("SELECT name FROM pg_settings WHERE name = ANY(:names) AND setting <> 'off'")
    found = session.scalars(asked, {"names": list(TELLING)})
    return {name: TELLING[name] for name in sorted(found)}
