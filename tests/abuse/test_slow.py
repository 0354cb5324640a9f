"""Clients that dawdle: they are told so, and nobody else waits for them."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from portal import workers
from tests.abuse.conftest import HOST, Answer, ask, connected, portal

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from tests.servers.machines import Served

MANY = 100  # far more than the eight threads of the two workers
START = f"GET /ord HTTP/1.1\r\nHost: {HOST}\r\n".encode()
FORM = (
    f"POST /log-ind HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 60000\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
).encode()
RECORDS = (
    f"POST /api/v1/events HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 8000000\r\n"
    "Content-Type: application/json\r\n\r\n"
).encode()
CHUNKS = (
    f"POST /log-ind HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
).encode()
NO_END = START + b"Connection: close\r\n\r\n"  # answered, and then not closed


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with portal(tmp_path_factory.mktemp("slow")) as one:
        yield one


def good(served: Served, count: int = 20) -> list[Answer]:
    found = []
    for _ in range(count):
        found.append(ask(served))
        time.sleep(0.02)
    return found


@pytest.mark.parametrize(
    "sent", [b"", START, FORM, CHUNKS, RECORDS, NO_END], ids=range(6)
)  # fmt: skip
def test_nobody_waits_for_those_who_dawdle(served: Served, sent: bytes) -> None:
    dawdling = [connected(served) for _ in range(MANY)]
    try:
        for one in dawdling:
            one.sendall(sent)
        found = good(served)
    finally:
        for one in dawdling:
            one.close()
    assert {one.status for one in found} == {200}
    assert max(one.seconds for one in found) < 2


def test_who_dawdles_is_told(served: Served) -> None:
    began = time.monotonic()
    with connected(served) as one, connected(served) as silent:
        one.sendall(START)
        stop = threading.Event()
        dripping = threading.Thread(target=_drip, args=(one, stop))
        dripping.start()
        said = one.recv(65536)
        stop.set()
        dripping.join()
        assert said.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert b"nosniff" in said
        assert workers.HEAD_SECONDS - 1 < time.monotonic() - began < workers.HEAD_SECONDS + 4
        assert silent.recv(10) == b""  # who said nothing is told nothing


def _drip(one: socket.socket, stop: threading.Event) -> None:
    while not stop.wait(0.5):
        try:
            one.sendall(b"X-Slow: x\r\n")
        except OSError:
            return


def test_the_longest_waiting_makes_room(served: Served) -> None:
    """More connections than both workers take: who came last is served all the same."""
    dawdling = []
    try:
        for _ in range(1100):
            one = connected(served)
            dawdling.append(one)
            one.sendall(START)
        found = good(served)
        assert dawdling[0].recv(100).startswith(b"HTTP/1.1 408")
    finally:
        for one in dawdling:
            one.close()
    assert {one.status for one in found} == {200}
    assert max(one.seconds for one in found) < 3


def test_a_connection_serves_several_requests(served: Served) -> None:
    with connected(served) as one:
        for _ in range(3):
            one.sendall(START + b"\r\n")
            assert one.recv(20).startswith(b"HTTP/1.1 200")
            _read_out(one)
        one.sendall((START + b"\r\n") * 2)  # before the first is answered
        _read_out(one)


def _read_out(one: socket.socket) -> None:
    one.settimeout(0.5)
    try:
        while one.recv(65536):
            pass
    except TimeoutError:
        one.settimeout(20)


def test_a_form_in_pieces_arrives_whole(served: Served) -> None:
    body = b"csrf_token=x"
    head = FORM.replace(b"60000", str(len(body)).encode())
    with connected(served) as one:
        for piece in (head[:10], head[10:60], head[60:], body[:5], body[5:]):
            one.sendall(piece)
            time.sleep(0.1)
        assert one.recv(20).startswith(b"HTTP/1.1 400")  # the token is forged: it was read
