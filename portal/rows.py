"""Many rows, or many values, in one statement.

PostgreSQL takes them as one JSON text and makes the rows itself: a parameter for each value costs
many times what the row costs. SQLite, which runs inside our own process, takes rows one by one.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    String,
    any_,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, TableValuedAlias
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from portal.db import Base

    Row = Mapping[str, object]

PLAN_ANEW = text("SET LOCAL plan_cache_mode = force_custom_plan")
KEEP_PLANS = text("SET LOCAL plan_cache_mode = auto")


def on_postgresql(session: Session) -> bool:
    """Whether this session writes to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


@contextmanager
def planned_anew(session: Session) -> Iterator[None]:
    """Reads that are planned for what the tables hold now.

    PostgreSQL keeps plans, and one that was made for an empty table reads all of a full one. It
    keeps those of its own look-ups for foreign keys, too, and these are better kept.
    """
    if not on_postgresql(session):
        yield
        return
    session.execute(PLAN_ANEW)
    yield
    session.execute(KEEP_PLANS)


def among(
    session: Session, wanted: InstrumentedAttribute[Any], values: Collection[str | UUID]
) -> ColumnElement[bool]:
    """Whether the column holds one of the values, however many they are."""
    if on_postgresql(session):
        # As an array it is looked up in the index also where nothing is known of the table yet;
        # in a query of its own it is made once, not for each row.
        listed = bindparam(None, _array(values), String, unique=True)
        return wanted == any_(cast(select(listed).scalar_subquery(), ARRAY(wanted.type)))
    plain = [value.hex if isinstance(value, UUID) else value for value in values]
    each = func.json_each(_text(plain)).table_valued("value")
    return wanted.in_(select(each.c.value))


def insert_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Add rows that all have the same columns."""
    if not rows:
        return
    if not on_postgresql(session):
        session.execute(insert(model), rows)
        return
    given = _recordset(model, rows)
    session.execute(insert(model).inline().from_select(list(rows[0]), select(given)))


def insert_new(
    session: Session, model: type[Base], rows: Sequence[Row], key: InstrumentedAttribute[Any]
) -> set[object]:
    """Add those rows that break no uniqueness; the keys of these."""
    if not rows:
        return set()
    if not on_postgresql(session):  # one writer at a time: nobody has been quicker
        session.execute(insert(model), rows)
        return {row[key.key] for row in rows}
    given = _recordset(model, rows)
    adding = postgresql.insert(model).inline().from_select(list(rows[0]), select(given))
    return set(session.scalars(adding.on_conflict_do_nothing().returning(key)))


def update_rows(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Give the rows with these ids these values; all have the same columns."""
    if not rows:
        return
    if not on_postgresql(session):
        session.execute(update(model), rows)
        return
    given = _recordset(model, rows)
    values = {name: given.c[name] for name in rows[0] if name != "id"}
    session.execute(
        update(model).where(model.__table__.c["id"] == given.c["id"]).values(values),
        execution_options={"synchronize_session": False},
    )


def _recordset(model: type[Base], rows: Sequence[Row]) -> TableValuedAlias:
    """The rows as a table, which is all that a statement needs to know of them."""
    columns = [column(name, model.__table__.c[name].type) for name in rows[0]]
    made = func.json_to_recordset(_json(rows)).table_valued(*columns)
    return made.render_derived(name="given", with_types=True)


def _array(values: Collection[str | UUID]) -> str:
    """The values as PostgreSQL writes an array."""
    escaped = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in escaped) + "}"


def _json(value: object) -> ColumnElement[Any]:
    return cast(_text(value), JSON)


def _text(value: object) -> ColumnElement[str]:
    return bindparam(None, msgspec.json.encode(value).decode(), String, unique=True)
