"""A load generator for loopback: plain HTTP/1.1 on connections that are kept.

One way asks as fast as answers come (throughput); the other keeps to a timetable and counts each
answer from the moment at which it was due to be asked for, so that a stall is not left out.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOST = "127.0.0.1"
PATIENCE = 10  # seconds for one answer
MOST_CONNECTIONS = 64
OK = b"HTTP/1.1 200 "
LENGTH = b"content-length: "


class WrongAnswerError(RuntimeError):
    """Something else than a page came back. The message holds the first line of the answer."""


class Visit(NamedTuple):
    """One page asked for by one person."""

    path: str
    cookie: str = ""

    def request(self) -> bytes:
        """What a browser would send, shortened to what the portal reads."""
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {HOST}", "Accept-Language: da"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        return "\r\n".join([*lines, "", ""]).encode()


class _Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer. Raises WrongAnswerError unless it is a page."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        if not head.startswith(OK):
            raise WrongAnswerError(head.partition(b"\r\n")[0].decode())
        start = head.lower().index(LENGTH) + len(LENGTH)
        return await self._reader.readexactly(int(head[start : head.index(b"\r", start)]))

    def close(self) -> None:
        self._writer.close()


async def _connection(port: int) -> _Connection:
    return _Connection(*await asyncio.open_connection(HOST, port))


def throughput(port: int, visits: Sequence[Visit], seconds: float, connections: int) -> float:
    """Answers in a second, with so many visitors who each ask again at once."""
    return asyncio.run(_closed(port, visits, seconds, connections))


async def _closed(port: int, visits: Sequence[Visit], seconds: float, connections: int) -> float:
    turns = itertools.cycle([visit.request() for visit in visits])
    began = time.perf_counter()

    async def visitor() -> int:
        answered, connection = 0, await _connection(port)
        while time.perf_counter() < began + seconds:
            async with asyncio.timeout(PATIENCE):
                await connection.ask(next(turns))
            answered += 1
        connection.close()
        return answered

    counts = await asyncio.gather(*(visitor() for _ in range(connections)))
    return sum(counts) / (time.perf_counter() - began)


def latencies(port: int, visits: Sequence[Visit], seconds: float, rate: int) -> list[float]:
    """How long each answer took, in milliseconds from its due moment, at so many a second."""
    return asyncio.run(_timetable(port, visits, seconds, rate))


async def _timetable(port: int, visits: Sequence[Visit], seconds: float, rate: int) -> list[float]:
    turns = itertools.cycle([visit.request() for visit in visits])
    idle = asyncio.Queue[_Connection]()
    for _ in range(MOST_CONNECTIONS):
        idle.put_nowait(await _connection(port))
    began = time.perf_counter() + 0.1

    async def visit(due: float) -> float:
        connection = await idle.get()
        async with asyncio.timeout(PATIENCE):
            await connection.ask(next(turns))
        idle.put_nowait(connection)
        return (time.perf_counter() - due) * 1000

    asked = []
    for due in _due(began, seconds, rate):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(visit(due)))
    took = await asyncio.gather(*asked)
    while not idle.empty():
        idle.get_nowait().close()
    return took


def _due(began: float, seconds: float, rate: int) -> Iterator[float]:
    return (began + number / rate for number in range(int(seconds * rate)))
