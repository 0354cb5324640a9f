"""A log that is kept, on each kind of database, and the hands of somebody who tampers with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.audit.actions import FOLDER, keep, record
from portal.audit.models import STATEMENTS
from portal.audit.queries.checking import check
from portal.audit.words import Act, Actor, Entry
from portal.db import Base, engine_for
from portal.settings import Key
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from portal.audit.actions.chains import Keeper
    from portal.audit.rules.checking import Checked
    from portal.vault import Vault

NOW = datetime(2026, 2, 16, 9, 30, tzinfo=UTC)
ACTS = (Act.CASE_VIEWED, Act.CASE_REFUSED, Act.CODES_VIEWED, Act.SIGNED_IN)


def vault(secret: bytes = b"d") -> Vault:
    return vault_with(Key("c", b"c" * 32), Key("d", secret * 32))


def entry(number: int, at: datetime = NOW) -> Entry:
    """One of many different entries."""
    return Entry(
        at + timedelta(seconds=number),
        ACTS[number % len(ACTS)],
        Actor.CITIZEN if number % 3 else Actor.STAFF,
        UUID(int=number % 7) if number % 5 else None,
        "complainant" if number % 2 else None,
        UUID(int=number % 11) if number % 4 else None,
        "citizen.case",
        None if number % 6 else "not_found",
    )


@dataclass
class Log:
    """A log, who keeps it, and where its anchors lie."""

    engine: Engine
    keeper: Keeper
    data_dir: Path

    @property
    def folder(self) -> Path:
        return self.data_dir / FOLDER

    def write(self, *entries: Entry) -> None:
        """Each entry in a transaction of its own, as a page writes it."""
        for one in entries:
            with self.engine.begin() as connection:
                record(connection, one)

    def checked(self, held: Vault | None = None) -> Checked:
        with Session(self.engine) as session:
            return check(session, held or vault(), [self.folder])

    def faults(self) -> set[str]:
        return {str(finding.fault) for finding in self.checked().findings}

    def open_up(self) -> None:
        """Take the database's own guards away, as its administrator can."""
        names = {"sqlite": ("audit_entries_stay", "audit_entries_stay_as_they_are"),
                 "postgresql": ("audit_entries_stay", "audit_entries_stay_whole")}  # fmt: skip
        dialect = self.engine.dialect.name
        on = " ON audit_entries" if dialect == "postgresql" else ""
        with self.engine.begin() as connection:
            for name in names[dialect]:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")
        assert STATEMENTS[dialect]

    def run(self, statement: str, **values: object) -> int:
        with self.engine.begin() as connection:
            return connection.execute(text(statement), values).rowcount


def log_on(url: str, data_dir: Path) -> Log:
    engine = engine_for(url)
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["audit_entries"]])
    return Log(engine, keep(engine, vault(), data_dir), data_dir)


@pytest.fixture
def log(database_url: str, tmp_path: Path) -> Iterator[Log]:
    made = log_on(database_url, tmp_path)
    yield made
    made.engine.dispose()
