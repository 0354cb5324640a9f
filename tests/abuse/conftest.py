"""A portal behind real workers, with limits that a test can reach, and people who ask it."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.rates.queries import rulebook
from tests.cli.conftest import environment
from tests.servers.machines import serving
from tests.servers.portal import laid_out
from tests.servers.processes import answers, free_port, running
from tests.servers.skips import missing

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping

    from tests.servers.machines import Served

HOST = "127.0.0.1:8000"  # as the portal is told that it is called
LENIENT = 1_000_000


@dataclass
class Answer:
    """What a server said, and how long it took to."""

    status: int
    seconds: float
    headers: Mapping[str, str]
    body: bytes


def ask(
    served: Served,
    path: str = "/ord",
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One request on a connection of its own."""
    began = time.perf_counter()
    connection = HTTPConnection(served.address.removeprefix("http://"), timeout=20)
    with contextlib.closing(connection):
        connection.request(method, path, body, {"Host": HOST, **(headers or {})})
        response = connection.getresponse()
        said = response.read()
    return Answer(response.status, time.perf_counter() - began, dict(response.getheaders()), said)


def from_address(address: str) -> dict[str, str]:
    """What the proxy says of who asks."""
    return {"X-Forwarded-For": address}


@dataclass
class Flood:
    """Many requests at once, until a moment; what became of them."""

    served: Served
    seconds: float
    threads: int = 6
    path: str = "/ord"
    statuses: Counter[int] = field(default_factory=Counter)

    def __call__(self, address: str) -> Counter[int]:
        """How often each status was told; 0 where there was no answer."""
        headers = from_address(address)
        until = time.monotonic() + self.seconds
        with ThreadPoolExecutor(self.threads) as pool:
            for found in pool.map(lambda _: self._some(until, headers), range(self.threads)):
                self.statuses += found
        return self.statuses

    def _some(self, until: float, headers: Mapping[str, str]) -> Counter[int]:
        found: Counter[int] = Counter()
        while time.monotonic() < until:
            try:
                found[ask(self.served, self.path, headers=headers).status] += 1
            except (OSError, HTTPException):
                found[0] += 1
        return found


@dataclass
class Store:
    """A Redis that can be killed, and comes back with nothing in its memory."""

    program: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    life: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        settings = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        self.process = self.life.enter_context(
            running(
                [self.program, *settings, "--save", ""],
                lambda: answers(self.port),
                self.folder / "redis.log",
            )
        )

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A Redis of this test alone."""
    program = shutil.which("redis-server")
    if program is None:
        missing("Redis")
    made = Store(program, free_port(), tmp_path)
    made.start()
    with made.life:
        yield made


def amounts(folder: Path, **given: int) -> Path:
    """A file in which all limits are out of reach but those that are given."""
    told = {limit.name: LENIENT for limit in rulebook().limits} | given
    file = folder / "limits.toml"
    file.write_text("[amounts]\n" + "".join(f"{name} = {one}\n" for name, one in told.items()))
    return file


@contextlib.contextmanager
def portal(folder: Path, redis_url: str = "", proxies: int = 1, **limits: int) -> Iterator[Served]:
    """The portal on two workers, behind so many proxies."""
    env = environment(f"sqlite:///{folder / 'portal.db'}", folder) | {
        "INDBLIK_PUBLIC_URL": f"http://{HOST}",
        "INDBLIK_LIMITS_FILE": str(amounts(folder, **limits)),
        "INDBLIK_TRUSTED_PROXIES": str(proxies),
        "INDBLIK_REDIS_URL": redis_url,
    }
    laid_out(env)
    with serving(env, folder) as served:
        yield served


def memory(served: Served) -> int:
    """What the workers hold, in bytes."""
    return sum(_resident(pid) for pid in served.workers())


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) * 1024


def connected(served: Served) -> socket.socket:
    """A connection on which bytes can be sent one by one."""
    port = int(served.address.rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=20)
