"""A private PostgreSQL for each test worker, on a Unix socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

from tests.servers.processes import running, temporary_folder
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Tests throw the cluster away: it need not survive a power cut.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running cluster."""

    folder: Path
    pid: int

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement: sql.Composed) -> None:
        """Run a statement that cannot stand in a transaction."""
        with psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def create(self, like: str | None = None) -> str:
        """A new database, empty or a copy of one that nobody is connected to; its name."""
        name, made = f"t{uuid.uuid4().hex}", sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.execute(made.format(sql.Identifier(name), sql.Identifier(like or "template1")))
        return name

    def drop(self, name: str) -> None:
        """Remove a database, also while somebody still holds a connection to it."""
        self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def programs() -> Path | None:
    """Where the newest installed PostgreSQL keeps its programs, if there is one."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def _as_owner(folder: Path) -> list[str]:
    """How to become somebody whom PostgreSQL accepts: it refuses to run as root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _lay_out(data: str, initdb: list[str]) -> None:
    settings = ["-U", "postgres", "-A", "trust", "-N", "--locale=C.UTF-8", "--encoding=UTF8"]
    # From "/", as the owner may not be allowed to enter the folder that the tests started in.
    subprocess.run([*initdb, "-D", data, *settings], check=True, capture_output=True, cwd="/")


def _is_ready(found: Path, folder: Path) -> bool:
    asked = subprocess.run([found / "pg_isready", "-q", "-h", folder], check=False)
    return asked.returncode == 0


@contextmanager
def cluster(found: Path, settings: Sequence[str]) -> Iterator[Postgres]:
    """A cluster of its own with these settings, made of the programs found; gone afterwards."""
    with temporary_folder("pg") as folder:
        owner = _as_owner(folder)
        data = f"{folder}/data"
        _lay_out(data, [*owner, f"{found}/initdb"])
        options = [part for setting in settings for part in ("-c", setting)]
        command = [*owner, f"{found}/postgres", "-D", data, "-k", str(folder), "-h", "", *options]
        with running(
            command, lambda: _is_ready(found, folder), folder / "log", signal.SIGINT
        ) as process:
            yield Postgres(folder, process.pid)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The worker's PostgreSQL."""
    found = programs()
    if found is None:
        missing("PostgreSQL")
    with cluster(found, FAST) as started:
        yield started


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)
