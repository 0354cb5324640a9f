"""Writing the audit log, whose entries are committed by themselves."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text

from portal.audit.actions.anchors import Anchors, Head
from portal.audit.actions.chains import Keeper, keeper_of
from portal.audit.models import KEEP_DELETES, LIFTED, AuditEntry
from portal.audit.rules.anchors import FILES, file_of
from portal.audit.rules.keeping import first_day_kept
from portal.audit.words import Act, Actor, Entry, LogNotKept, Occasion
from portal.clock import COPENHAGEN, day_of
from portal.vault import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from portal.audit.words import Link
    from portal.vault import Vault

FOLDER = "audit"  # of anchors, below the portal's own folder

# `inline`: nobody asks for the key of the new row.
INSERT = insert(AuditEntry).inline().execution_options(preserve_rowcount=True)


def keep(engine: Engine, vault: Vault, data_dir: Path) -> Keeper:
    """Let entries be recorded on connections of this engine. Before others are made of it."""
    return Keeper(engine, vault, data_dir / FOLDER)


def record(connection: Connection, entry: Entry) -> None:
    """Write one entry. Raises LogNotKept.

    Outside of a transaction of its own it is kept or lost together with all else that is done in
    it: a look is recorded on a connection that nothing else waits to be committed on, so that it
    outlives a page that fails afterwards.
    """
    with keeper_of(connection).linking(connection, entry) as link:
        done = connection.execute(INSERT, _row(entry, link))
        if done.rowcount != 1:  # the database has been told to drop what it is told
            raise LogNotKept


def _row(entry: Entry, link: Link) -> dict[str, object]:
    return {
        "at": entry.at,
        "act": entry.act,
        "actor": entry.actor,
        "account_id": entry.account,
        "role": entry.role,
        "case_id": entry.case,
        "page": entry.page,
        "why": entry.why,
        "chain": link.chain,
        "number": link.number,
        "key_id": link.key,
        "mac": link.mac,
    }


def expire(session: Session, now: datetime) -> int:
    """Delete what has been kept long enough: whole days, and so whole chains. How many entries.

    What was deleted is told by an entry, so that it can be told from what was taken away.
    """
    first = first_day_kept(day_of(now))
    older = AuditEntry.at < _begin_of(first)
    count = session.scalar(select(func.count()).where(older)) or 0
    if count:
        _lift(session)
        session.execute(delete(AuditEntry).where(older))
        _put_back(session)
        entry = Entry(now, Act.LOG_EXPIRED, Actor.OPERATOR, why=first.isoformat())
        record(session.connection(), entry)
    return count


def anchor(vault: Vault, folder: Path, heads: Iterable[tuple[date, Link]]) -> bool:
    """Write these heads of chains down outside the database; whether the file took them."""
    found = [Head(vault.key(Purpose.AUDIT, link.key), day, link) for day, link in heads]
    return Anchors(folder).write(found, Occasion.ASKED)


def forget_anchors(folder: Path, before: date) -> int:
    """Delete the anchors of chains that are gone by rule. How many files."""
    gone = [path for path in folder.glob(FILES) if path.name < file_of(before)]
    for path in gone:
        path.unlink()
    return len(gone)


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)


def _lift(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER IF EXISTS audit_entries_stay"))
    else:
        session.execute(text(f"SET LOCAL {LIFTED} = 'on'"))


def _put_back(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(KEEP_DELETES))
    else:
        session.execute(text(f"SET LOCAL {LIFTED} = 'off'"))
