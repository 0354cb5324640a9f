"""The floor under every model: base class, types that behave alike on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, MetaData, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Dialect, Engine

WAIT_SECONDS = 2  # for a connection, a lock or a statement: below the 3 s a page may take
LOCK_WAIT = "1s"  # of a migration
POOL_SIZE = 10

# Names that migrations can rely on, the same on both databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models."""

    metadata = MetaData(naming_convention=NAMING)


@dataclass(frozen=True, slots=True)
class Sealed:
    """How the vault sealed what stands in a column: about what, made of which other columns."""

    about: Callable[..., str]
    by: tuple[str, ...]
    within: str | None = None  # in a column of JSON: the name it stands under, in base64


def sealed(about: Callable[..., str], *by: str, within: str | None = None) -> dict[Any, Any]:
    """For a column's `info`: what stands here is sealed, and sealed anew when its key changes."""
    return {"sealed": Sealed(about, by, within)}


def unsealed(why: str) -> dict[Any, Any]:
    """For the `info` of a column of bytes: they may lie open, for this reason."""
    return {"unsealed": why}


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC. A naive one is refused (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment without a time zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive value its zone back; PostgreSQL's already has one."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# WAL lets the audit's own transaction write while a page's transaction reads.
BESIDE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
# What was overwritten or deleted is gone from the file, and no journal tells what stood there.
TRACELESS = ("journal_mode=TRUNCATE", "secure_delete=ON", "synchronous=FULL", "foreign_keys=ON")


def _set_up_sqlite(connection: Any, pragmas: tuple[str, ...]) -> None:  # noqa: ANN401 - of DB-API
    # The driver begins a transaction only before its first write. A savepoint before that would
    # be the transaction itself, and its release a commit: so we begin, in `_begin_sqlite`.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Who reads first and writes later is turned away where another wrote in between; work that
    # will surely write says so, and waits for its turn at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def engine_for(url: str, wait: int = WAIT_SECONDS, *, traceless: bool = False) -> Engine:
    """An engine whose every wait is bounded by so many seconds.

    `traceless`: its errors hold no values, and SQLite keeps nothing of what was overwritten.
    """
    plain = {
        "json_serializer": lambda value: json.dumps(value, ensure_ascii=False),
        "hide_parameters": traceless,
    }
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": wait}, **plain)
        pragmas = TRACELESS if traceless else BESIDE
        event.listen(engine, "connect", lambda connection, _: _set_up_sqlite(connection, pragmas))
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_size=POOL_SIZE,
        pool_timeout=wait,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "options": f"-c statement_timeout={wait}s -c lock_timeout={wait}s",
        },
        **plain,
    )


def standing_alone(engine: Engine) -> Engine:
    """The engine with each statement a transaction of its own, where nothing must hold together.

    It spares PostgreSQL the turns for BEGIN, COMMIT and ROLLBACK. SQLite, where these cost no
    turn, keeps the transactions that it is told of.
    """
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def give_way(connection: Connection) -> None:
    """Let a migration take its time, and give up where it cannot have its lock: traffic goes on."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET lock_timeout = '{LOCK_WAIT}'"))
        connection.execute(text("SET statement_timeout = 0"))
        connection.commit()


def answers(engine: Engine) -> bool:
    """Whether the database can be asked right now."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
