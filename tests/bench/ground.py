"""What the benchmarks stand on: PostgreSQL and Redis of their own, databases, and web servers."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portal import settings as surroundings
from portal.cli.demo.ground import laid
from tests.servers.portal import laid_out
from tests.servers.postgres import Postgres, cluster, programs
from tests.servers.processes import answers, free_port, running, temporary_folder
from tests.servers.redis import server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.settings import Settings

ROOT = Path(__file__).parent.parent.parent
HOST = "127.0.0.1"

# As in production: what is committed is on the disk.
DURABLE = ["fsync=on", "synchronous_commit=on", "full_page_writes=on", "shared_buffers=512MB"]
# The same for every application that is measured.
GUNICORN = [
    "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--preload",
    "--keep-alive", "75", "--log-level", "warning",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Database:
    """A migrated database, and the settings of a portal on it."""

    settings: Settings
    env: dict[str, str]
    dsn: str  # as PostgreSQL's own library takes it


@dataclass(frozen=True, slots=True)
class Ground:
    folder: Path
    postgres: Postgres
    redis: str

    def database(self) -> Database:
        """A fresh one, with tables and no rows."""
        name = self.postgres.create()
        env = laid(self.folder, HOST, free_port()) | {
            "INDBLIK_DATABASE_URL": self.postgres.url(name),
            "INDBLIK_REDIS_URL": self.redis,
        }
        settings = surroundings.read(env)
        laid_out(env)
        return Database(settings, env, f"host={self.postgres.folder} user=postgres dbname={name}")


class NothingToMeasureOnError(RuntimeError):
    """A server that the benchmarks need is not installed. The message names it."""


@contextmanager
def ground() -> Iterator[Ground]:
    """Servers that nobody else uses. Raises NothingToMeasureOnError."""
    found, redis = programs(), shutil.which("redis-server")
    if found is None or redis is None:
        message = "PostgreSQL or Redis is not installed (`make system`)"
        raise NothingToMeasureOnError(message)
    with (
        temporary_folder("bench") as folder,
        cluster(found, DURABLE) as postgres,
        server(redis) as port,
    ):
        yield Ground(folder, postgres, f"redis://{HOST}:{port}/0")


@contextmanager
def serving(database: Database, app: str) -> Iterator[int]:
    """The port of an application that gunicorn serves on this database."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, *GUNICORN, "--bind", f"{HOST}:{port}"]
    log = Path(database.env["INDBLIK_DATA_DIR"]) / f"{port}.log"
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    with running(
        ["env", "-C", ROOT, *(f"{k}={v}" for k, v in (inherited | database.env).items()), *command],
        lambda: answers(port),
        log,
    ):
        yield port
