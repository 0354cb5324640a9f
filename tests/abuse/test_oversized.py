"""What is too big, too many or too deep: a small refusal, no failure, and memory stays flat."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from tests.abuse.conftest import HOST, ask, connected, memory, portal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.machines import Served

MB = 1024 * 1024
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BATCH = "application/cloudevents-batch+json"
MOST_GROWTH = 60 * MB  # of both workers: what a few bodies of eight megabytes need, and keep


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with portal(tmp_path_factory.mktemp("oversized")) as one:
        ask(one)
        yield one


def raw(served: Served, head: str) -> bytes:
    """The first line of the answer to a request that no client would send."""
    with connected(served) as one:
        one.sendall(head.encode("latin-1"))
        said = b""
        while data := one.recv(65536):
            said += data
    assert len(said) < 20_000
    assert b"nosniff" in said
    return said.partition(b"\r\n")[0]


HEADERS = {
    "a long address": (f"GET /{'x' * 5000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n", 414),
    "a very long address": (f"GET /{'x' * 40_000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n", 431),
    "a long header": (f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX: {'x' * 9000}\r\n\r\n", 431),
    "many headers": (f"GET / HTTP/1.1\r\nHost: {HOST}\r\n" + "X: y\r\n" * 90
                     + "\r\n", 431),
    "no end of headers": (f"GET / HTTP/1.1\r\nHost: {HOST}\r\n" + "X: yyyyyyyy\r\n" * 5000, 431),
    "no request": ("\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 400),
    "another protocol": ("HELO example\r\n\r\n", 400),
    "two lengths": ((f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1\r\n"
                    "Content-Length: 2\r\n\r\nab"), 400),
    "a length and chunks": ((f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400),
    "chunks that are none": ((f"POST /log-ind HTTP/1.1\r\nHost: {HOST}\r\n"
                             "Transfer-Encoding: chunked\r\n\r\nzz\r\n0\r\n\r\n"), 400),
    "an expectation": (f"GET / HTTP/1.1\r\nHost: {HOST}\r\nExpect: everything\r\n\r\n", 417),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_what_is_no_request_is_refused(served: Served, name: str) -> None:
    head, status = HEADERS[name]
    assert int(raw(served, head).split()[1]) == status


BODIES = {
    "a body": ("/log-ind", b"x=" + b"y" * MB, FORM, {413}),
    "many fields": ("/log-ind", b"&".join(b"a%d=b" % n for n in range(7000)), FORM, {400, 413}),
    "many parts": ("/log-ind", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 900
                   + b"--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}, {400, 413}),
    "cookies": ("/log-ind", b"", {"Cookie": "; ".join(f"c{n}=v" for n in range(1000))}, {400}),
    "languages": ("/log-ind", b"", {"Accept-Language": ",".join(["da;q=0.5"] * 900)}, {400}),
    "no token": ("/api/v1/events", b"x" * 9 * MB, {"Content-Type": BATCH}, {401}),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_person_who_sends_too_much_is_refused(served: Served, name: str) -> None:
    path, body, headers, statuses = BODIES[name]
    before = memory(served)
    try:
        found = [ask(served, path, "POST", body, headers) for _ in range(20)]
    except (BrokenPipeError, ConnectionResetError):  # the answer came before all was sent
        found = []
    assert {one.status for one in found} <= statuses
    assert all(one.seconds < 3 for one in found)
    assert memory(served) - before < MOST_GROWTH


def _bomb(size: int) -> bytes:
    return gzip.compress(b"[" + b" " * size + b"]", 9)


MACHINES = {
    "deep": (b"[" * 4_000_000, {}, {400}),
    "deep in a record": (b'[{"data":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", {}, {200, 400}),
    "a number without end": (b"[" + b"9" * 4_000_000 + b"]", {}, {200, 400}),
    "too many records": (b"[" + b"{}," * 5000 + b"{}]", {}, {413}),
    "a bomb": (_bomb(300 * MB), {"Content-Encoding": "gzip"}, {413}),
    "a bomb in a bomb": (gzip.compress(_bomb(200 * MB)), {"Content-Encoding": "gzip"}, {400}),
    "too large": (b"[" + b" " * 9 * MB + b"]", {}, {413}),
}


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine_that_sends_too_much_is_refused(served: Served, name: str) -> None:
    body, headers, statuses = MACHINES[name]
    given = {"Content-Type": BATCH, **headers, **served.headers}
    ask(served, "/api/v1/events", "POST", b"[]", given)
    before, found = memory(served), []
    for _ in range(6):
        try:
            found.append(ask(served, "/api/v1/events", "POST", body, given))
        except (BrokenPipeError, ConnectionResetError):
            continue
    assert {one.status for one in found} <= statuses
    assert all(len(one.body) < 5000 for one in found)
    assert all(json.loads(one.body) for one in found)
    assert memory(served) - before < MOST_GROWTH
