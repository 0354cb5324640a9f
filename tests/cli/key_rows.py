"""A database in which a text is sealed in every way there is, and what opens them again."""

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import JSON, Boolean, Date, Integer, LargeBinary, Uuid, insert, select, text
from sqlalchemy.orm import Session

from portal.cli.database import rooms
from portal.db import Instant
from portal.identity.actions import persons_with_cprs
from portal.keys.actions import SealedColumn, sealed_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from sqlalchemy import Column, Connection, Engine

    from portal.vault import Vault

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECRET = "Anna Opfundet, Opfundne Allé 7"


def filled(engine: Engine, vault: Vault, people: int = 5) -> dict[str, UUID]:
    """Persons, and one row of each table that holds sealed texts; the persons by CPR number."""
    rooms()
    numbers = {
        f"61019{number // 1000}{number % 1000:04}": f"N {number}" for number in range(people)
    }
    with Session(engine.execution_options(writes=True)) as session:
        persons = persons_with_cprs(session, vault, numbers, NOW)
        session.commit()
    tables = {one.table for one in sealed_columns()} - {rooms().metadata.tables["persons"]}
    with _unchecked(engine) as connection:
        for table in tables:
            row = {column.name: _any(column) for column in table.columns}
            for one in (one for one in sealed_columns() if one.table is table):
                row[one.column.name] = _sealed(vault, one, row)
            connection.execute(insert(table).values(row))
    return persons


@contextmanager
def _unchecked(engine: Engine) -> Iterator[Connection]:
    """A connection on which foreign keys may lead nowhere: only what is sealed counts here."""
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    lite = engine.dialect.name == "sqlite"
    off, on = (
        (text("PRAGMA foreign_keys = OFF"), text("PRAGMA foreign_keys = ON"))
        if lite
        else (text("SET session_replication_role = replica"), text("RESET ALL"))
    )
    with alone.connect() as connection:
        if lite:
            connection.exec_driver_sql("COMMIT")
        connection.execute(off)
        yield connection
        connection.execute(on)
        if lite:
            connection.exec_driver_sql("BEGIN")


def _any(column: Column[Any]) -> object:
    """Some value that the column takes."""
    kinds: dict[type, object] = {
        Uuid: uuid4(),
        LargeBinary: b"\0" * 32,
        Boolean: False,
        Integer: 1,
        Instant: NOW,
        Date: NOW.date(),
        JSON: {},
    }
    fitting = (value for kind, value in kinds.items() if isinstance(column.type, kind))
    return next(fitting, column.name[:20])


def _sealed(vault: Vault, one: SealedColumn, row: Mapping[str, Any]) -> object:
    sealed = vault.seal(SECRET, one.how.about(*(row[name] for name in one.how.by)))
    return {one.how.within: b64encode(sealed).decode()} if one.how.within else sealed


def opened(engine: Engine, vault: Vault) -> dict[str, list[str]]:
    """By column, all that is sealed in it. Raises SealError."""
    rooms()
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for one in sealed_columns():
            rows = connection.execute(select(one.table)).mappings()
            texts = [text for row in rows for text in [_text(vault, one, row)] if text is not None]
            found[one.name] = sorted(texts)
    return found


def _text(vault: Vault, one: SealedColumn, row: Mapping[Any, Any]) -> str | None:
    value = row[one.column]
    if value is not None and one.how.within is not None:
        kept = value.get(one.how.within)
        value = None if kept is None else b64decode(kept)
    if value is None:
        return None
    return vault.open(value, one.how.about(*(row[one.table.c[name]] for name in one.how.by)))
