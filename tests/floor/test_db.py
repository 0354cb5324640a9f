"""Moments survive both databases, and no wait is without an end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from portal.db import Instant, answers, engine_for

if TYPE_CHECKING:
    from collections.abc import Iterator

MOMENTS = Table(
    "moments",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", Instant),
)
SUMMER_NIGHT = datetime(2026, 7, 14, 22, 30, 0, 123456, tzinfo=UTC)

pytestmark = pytest.mark.stored


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url)
    MOMENTS.create(made)
    yield made
    made.dispose()


def stored(engine: Engine, at: datetime | None) -> datetime | None:
    with engine.begin() as connection:
        connection.execute(insert(MOMENTS).values(id=1, at=at))
    with engine.connect() as connection:
        return connection.scalar(select(MOMENTS.c.at))


@pytest.mark.parametrize(
    "at", [SUMMER_NIGHT, SUMMER_NIGHT.astimezone(timezone(timedelta(hours=-7)))]
)
def test_a_moment_comes_back_in_utc(engine: Engine, at: datetime) -> None:
    found = stored(engine, at)
    assert found == SUMMER_NIGHT
    assert found.utcoffset() == timedelta(0)


def test_no_moment_stays_none(engine: Engine) -> None:
    assert stored(engine, None) is None


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        stored(engine, SUMMER_NIGHT.replace(tzinfo=None))


def test_moments_sort_as_they_happened(engine: Engine) -> None:
    west = timezone(timedelta(hours=-7))
    later = (SUMMER_NIGHT + timedelta(minutes=1)).astimezone(west)
    with engine.begin() as connection:
        connection.execute(insert(MOMENTS), [{"id": 1, "at": later}, {"id": 2, "at": SUMMER_NIGHT}])
        assert list(connection.scalars(select(MOMENTS.c.id).order_by(MOMENTS.c.at))) == [2, 1]


def test_sqlite_rolls_back_to_a_savepoint_before_the_first_write(sqlite_url: str) -> None:
    engine = engine_for(sqlite_url)
    MOMENTS.create(engine)
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(insert(MOMENTS).values(id=1, at=SUMMER_NIGHT))
        connection.rollback()
        assert connection.scalar(select(MOMENTS.c.id)) is None
    engine.dispose()


def test_sqlite_holds_to_foreign_keys_and_lets_readers_read(sqlite_url: str) -> None:
    engine = engine_for(sqlite_url)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
    engine.dispose()


def test_postgresql_ends_a_statement_that_takes_too_long(postgres_url: str) -> None:
    engine = engine_for(postgres_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="statement timeout"):
        connection.execute(text("SELECT pg_sleep(5)"))
    engine.dispose()


def test_a_database_answers_or_does_not(engine: Engine) -> None:
    assert answers(engine)
    assert not answers(engine_for("sqlite:////nowhere/at/all.db"))
