"""A private Redis for each test worker."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from redis import Redis

from tests.servers.processes import answers, free_port, running, temporary_folder
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def server(program: str) -> Iterator[int]:
    """The loopback port of a Redis of its own, which keeps nothing."""
    port = free_port()
    with temporary_folder("redis") as folder:
        settings = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", ""]
        with running([program, *settings], lambda: answers(port), folder / "log"):
            yield port


@pytest.fixture(scope="session")
def redis_port() -> Iterator[int]:
    """The loopback port of the worker's Redis."""
    program = shutil.which("redis-server")
    if program is None:
        missing("Redis")
    with server(program) as port:
        yield port


@pytest.fixture
def redis_url(redis_port: int) -> str:
    """An empty Redis database."""
    with Redis(host="127.0.0.1", port=redis_port) as connection:
        connection.flushall()
    return f"redis://127.0.0.1:{redis_port}/0"
