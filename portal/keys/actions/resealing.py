"""Sealed texts written anew with the current key, a few at a time, beside the traffic."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import LargeBinary, Table, func, select, update
from sqlalchemy.orm import Session

from portal.db import Base, Sealed
from portal.keys.words import Resealed
from portal.vault import Purpose, SealError, header_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Column, ColumnElement, CursorResult, Engine, Row

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

    A row that somebody holds, or has just changed, is passed over, and counted: nobody waits for
    this, and it waits for nobody.
    """
    header = header_of(vault.key(Purpose.DATA).id)
    done = unreadable = 0
    after: object = None
    while rows := _batch(engine, one, header, after):
        fresh = {row.row_key: _sealed_anew(vault, one, header, row) for row in rows}
        unreadable += sum(value is None for value in fresh.values())
        done += _put(engine, one, {row.row_key: (row.value, fresh[row.row_key]) for row in rows})
        time.sleep(BREATH)
        after = rows[-1].row_key
    return Resealed(one.name, done, unreadable, left(engine, vault, one) - unreadable)


def _batch(engine: Engine, one: SealedColumn, header: bytes, after: object) -> Sequence[Row[Any]]:
    key = one.key.label("row_key")
    others = [one.table.c[name].label(f"by_{name}") for name in one.how.by]
    statement = select(key, one.column.label("value"), *others).where(_unlike(one, header))
    if after is not None:
        statement = statement.where(one.key > after)
    with Session(engine) as session:
        return session.execute(statement.order_by(one.key).limit(BATCH)).all()


def _unlike(one: SealedColumn, header: bytes) -> ColumnElement[bool]:
    """Whether a row was sealed with another key. Within JSON all are taken, and looked at."""
    if one.how.within is not None:
        within: ColumnElement[str] = one.column[one.how.within].as_string()
        return within.is_not(None)
    start = func.substr(one.column, 1, len(header), type_=LargeBinary)
    return one.column.is_not(None) & (start != header)


def _sealed_anew(vault: Vault, one: SealedColumn, header: bytes, row: Row[Any]) -> object:
    """What is to stand there; None where what stands there cannot be opened."""
    old = b64decode(row.value[one.how.within]) if one.how.within else row.value
    if old.startswith(header):
        return row.value
    about = one.how.about(*(getattr(row, f"by_{name}") for name in one.how.by))
    try:
        fresh = vault.seal(vault.open(old, about), about)
    except SealError:
        return None
    if one.how.within:
        return {**row.value, one.how.within: b64encode(fresh).decode()}
    return fresh


def _put(engine: Engine, one: SealedColumn, values: Mapping[Any, tuple[object, object]]) -> int:
    """Write these in the place of what was read; how many. Made before: rows are held briefly."""
    changed = {
        key: (old, fresh)
        for key, (old, fresh) in values.items()
        if fresh is not None and fresh != old
    }
    if not changed:
        return 0
    free = select(one.key).where(one.key.in_(changed)).order_by(one.key)
    done = 0
    with Session(engine.execution_options(writes=True)) as session:
        for key in session.scalars(free.with_for_update(skip_locked=True)).all():
            old, fresh = changed[key]
            statement = update(one.table).where(one.key == key).values({one.column: fresh})
            if one.how.within is None:  # an event never changes, but for this
                statement = statement.where(one.column == old)
            done += cast("CursorResult[Any]", session.execute(statement)).rowcount
        session.commit()
    return done


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
