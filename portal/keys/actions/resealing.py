"""Sealed texts written anew with the current key, a few at a time, beside the traffic."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import LargeBinary, Table, func, select, update
from sqlalchemy.orm import Session

from portal.db import Base, Sealed
from portal.keys.words import Resealed
from portal.vault import Purpose, SealError, header_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, ColumnElement, Engine, Row, Select

    from portal.vault import Vault

BREATH = 0.03  # seconds between two batches: SQLite lets others write only then
BATCH = 25  # rows that are held at once: nobody waits longer for them than a page may take


class SealedColumn(NamedTuple):
    """A column whose texts are sealed, and how."""

    column: Column[Any]
    how: Sealed

    @property
    def name(self) -> str:
        return str(self.column)

    @property
    def table(self) -> Table:
        table = self.column.table
        assert isinstance(table, Table)  # noqa: S101 - a model's column stands in one
        return table

    @property
    def key(self) -> Column[Any]:
        (key,) = self.table.primary_key.columns
        return key


def sealed_columns() -> Iterator[SealedColumn]:
    """All columns with sealed texts, of the rooms that have been imported."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            how = column.info.get("sealed")
            if isinstance(how, Sealed):
                yield SealedColumn(column, how)


def reseal(engine: Engine, vault: Vault, one: SealedColumn) -> Resealed:
    """Go through a column once, and seal with the current key what another key has sealed.

    A row that somebody holds is passed over, and counted: nobody waits for this, and it waits for
    nobody.
    """
    header = header_of(vault.key(Purpose.DATA).id)
    done = unreadable = 0
    after: object = None
    writing = engine.execution_options(writes=True)
    while True:
        with Session(writing) as session:
            rows = session.execute(_batch(one, header, after)).all()
            if not rows:
                break
            for row in rows:
                fine = _sealed_anew(session, vault, one, header, row)
                done, unreadable = done + (fine is True), unreadable + (fine is None)
            session.commit()
        time.sleep(BREATH)
        after = rows[-1].row_key
    return Resealed(one.name, done, unreadable, left(engine, vault, one) - unreadable)


def _batch(one: SealedColumn, header: bytes, after: object) -> Select[Any]:
    key = one.key.label("row_key")
    others = [one.table.c[name].label(f"by_{name}") for name in one.how.by]
    statement = select(key, one.column.label("value"), *others).where(_unlike(one, header))
    if after is not None:
        statement = statement.where(one.key > after)
    return statement.order_by(one.key).limit(BATCH).with_for_update(skip_locked=True)


def _unlike(one: SealedColumn, header: bytes) -> ColumnElement[bool]:
    """Whether a row was sealed with another key. Within JSON all are taken, and looked at."""
    if one.how.within is not None:
        within: ColumnElement[str] = one.column[one.how.within].as_string()
        return within.is_not(None)
    start = func.substr(one.column, 1, len(header), type_=LargeBinary)
    return one.column.is_not(None) & (start != header)


def _sealed_anew(
    session: Session, vault: Vault, one: SealedColumn, header: bytes, row: Row[Any]
) -> bool | None:
    """Whether the row was written anew; None where it cannot be opened."""
    old = b64decode(row.value[one.how.within]) if one.how.within else row.value
    if old.startswith(header):
        return False
    about = one.how.about(*(getattr(row, f"by_{name}") for name in one.how.by))
    try:
        fresh: Any = vault.seal(vault.open(old, about), about)
    except SealError:
        return None
    if one.how.within:
        fresh = {**row.value, one.how.within: b64encode(fresh).decode()}
    session.execute(update(one.table).where(one.key == row.row_key).values({one.column: fresh}))
    return True


def left(engine: Engine, vault: Vault, one: SealedColumn) -> int:
    """How many texts of a column another key than the current one has sealed."""
    header = header_of(vault.key(Purpose.DATA).id)
    unlike = _unlike(one, header)
    with Session(engine) as session:
        if one.how.within is None:
            return session.scalar(select(func.count()).select_from(one.table).where(unlike)) or 0
        values = session.scalars(
            select(one.column[one.how.within].as_string()).where(unlike)
        ).yield_per(BATCH)
        return sum(not b64decode(value).startswith(header) for value in values)
