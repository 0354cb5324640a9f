"""Databases under the two names that the portal runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A fresh SQLite file."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(params=["sqlite_url", "postgres_url"], ids=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database: the test runs once on each kind."""
    url: str = request.getfixturevalue(request.param)
    return url


def hurry(engine: Engine) -> None:
    """Let SQLite not wait for the disk, where nobody asks what a power cut would leave."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurried)
        engine.dispose()  # the next connection is the first to hurry


def _hurried(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
