"""A gunicorn worker whose threads never wait for a slow client.

gunicorn's own gives a connection to a thread at its first byte: as many slow ones as there are
threads keep everybody else out, and its loop waits two seconds for whoever does not close. Here
the loop takes a request in without a thread, and hands it over when it is whole. Who dawdles is
told so and closed; where there are too many, who has dawdled longest makes room.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gunicorn.http import errors
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from portal.arriving import Arriving, State
from portal.headers import STATIC_POLICY, fixed_headers

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD_SECONDS = 10  # for all headers
WHOLE_SECONDS = 30  # for headers and body
BODY_SECONDS = 60  # for a long body that a thread reads: only machines with tokens send such
WRITE_SECONDS = 30  # for one piece of an answer
LINGER_SECONDS = 2  # for the client to close, so that it gets the end of its answer
MOST_HEAD = 32 * 1024
MOST_HELD = 16 * 1024 * 1024  # of all requests that are coming in, in one worker
SEND_BYTES = 512 * 1024  # the system's room for an answer: most fit, and wait for nobody
READ_BYTES = 64 * 1024

TOLD = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


class Bounded(SocketUnreader):  # type: ignore[misc]  # gunicorn ships no types
    """Reads from a client until a moment, however steadily it sends."""

    until = 0.0

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece. Raises NoMoreData: who is too slow is as good as gone."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise errors.NoMoreData
        self.sock.settimeout(left)
        try:
            piece: bytes = super().chunk(size_hint)
        except TimeoutError:
            raise errors.NoMoreData from None
        finally:
            self.sock.settimeout(WRITE_SECONDS)
        return piece


class Conn(TConn):  # type: ignore[misc]  # as above
    """A connection, with the request that is coming in on it."""

    arriving: Arriving | None = None
    whole = True

    def __init__(self, linger: Callable[[socket.socket], None], *given: Any) -> None:  # noqa: ANN401 - gunicorn's own, handed on
        super().__init__(*given)
        self._linger = linger

    def init(self) -> None:
        """Make the connection ready for a thread, and give it what has come in."""
        fresh = not self.initialized
        super().init()
        if fresh:
            self.parser.unreader = Bounded(self.sock)
        self.parser.unreader.until = time.monotonic() + BODY_SECONDS
        self.sock.settimeout(WRITE_SECONDS)
        if self.arriving is not None:
            self.parser.unreader.unread(bytes(self.arriving.held))
            self.arriving = None

    def close(self, graceful: bool = False) -> None:  # noqa: FBT001, FBT002 - gunicorn's
        """Close; the loop waits for the client's end, and never stands still for it."""
        if not graceful:
            super().close()
            return
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:
            super().close()
            return
        self._linger(self.sock)


class Steady(ThreadWorker):  # type: ignore[misc]  # as above
    """Takes requests in without a thread."""

    most_body = 128 * 1024  # longer ones are not waited for
    secure = False  # whether the public address is HTTPS

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - gunicorn's own, handed on
        super().__init__(*given, **named)
        self._coming: dict[Conn, None] = {}  # in the order in which they began
        self._lingering: dict[socket.socket, float] = {}
        self._held = 0  # bytes of all that is coming in
        self._swept = 0.0

    # --- Coming in.

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection in."""
        try:
            sock, client = listener.accept()
        except OSError:  # gone again, or no file is left for it
            return
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        self.nr_conns += 1
        conn = Conn(self._linger, self.cfg, sock, client, listener.getsockname())
        self._await(conn)
        if self.nr_conns >= self.worker_connections and self._coming:
            self._drop(next(iter(self._coming)))

    def on_client_socket_readable(self, conn: Conn, client: socket.socket) -> None:
        """Take the next request in on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def _await(self, conn: Conn) -> None:
        conn.arriving = Arriving(MOST_HEAD, self.most_body, time.monotonic())
        conn.sock.settimeout(0)
        self._coming[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._more, conn))
        self._more(conn, conn.sock)  # most requests are there already

    def _more(self, conn: Conn, sock: socket.socket) -> None:
        if conn.arriving is None or conn not in self._coming:
            return
        try:
            data = sock.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self._drop(conn, None)
            return
        self._held += len(data)
        state = conn.arriving.add(data)
        if state is State.HEAD_TOO_LONG:
            self._drop(conn, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif state is not State.COMING:
            self._forget(conn)
            conn.whole = state is State.WHOLE
            conn.data_ready = True
            self.enqueue_req(conn)
        elif self._held > MOST_HELD:
            self._drop(next(iter(self._coming)))

    def _forget(self, conn: Conn) -> None:
        del self._coming[conn]
        self._held -= len(conn.arriving.held) if conn.arriving else 0
        self.poller.unregister(conn.sock)

    def _drop(self, conn: Conn, status: HTTPStatus | None = HTTPStatus.REQUEST_TIMEOUT) -> None:
        """Close a connection that is coming in, and say why if anything has come."""
        self._forget(conn)
        self.nr_conns -= 1
        if status is None or not (conn.arriving and conn.arriving.held):
            conn.close()
            return
        self._refuse(conn.sock, status)
        conn.close(graceful=True)

    # --- Time.

    def murder_pending(self) -> None:
        """Close who dawdles; once a second, as the loop comes by."""
        now = time.monotonic()
        if now - self._swept < 1:
            return
        self._swept = now
        for conn in list(self._coming):
            if self._is_over(conn.arriving, now):
                self._drop(conn)
        for sock, until in list(self._lingering.items()):
            if until < now:
                self._let_go(sock)

    def _is_over(self, arriving: Arriving | None, now: float) -> bool:
        """Whether a request is not waited for any longer; a worker that stops waits for none."""
        if arriving is None or not (self.alive or arriving.held):
            return True
        return now - arriving.began > (WHOLE_SECONDS if arriving.head else HEAD_SECONDS)

    def _linger(self, sock: socket.socket) -> None:
        if len(self._lingering) >= self.worker_connections:
            self._let_go(next(iter(self._lingering)))
        sock.settimeout(0)
        self._lingering[sock] = time.monotonic() + LINGER_SECONDS
        self.poller.register(sock, selectors.EVENT_READ, self._drain)

    def _drain(self, sock: socket.socket) -> None:
        try:
            more = bool(sock.recv(READ_BYTES))
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            more = False
        if not more:
            self._let_go(sock)

    def _let_go(self, sock: socket.socket) -> None:
        if self._lingering.pop(sock, None) is not None:
            self.poller.unregister(sock)
            sock.close()

    def _keepalive_after(self, conn: Conn, keepalive: bool) -> bool:  # noqa: FBT001 - gunicorn's
        """Whether the connection is kept: not where a body is still coming that nobody wants."""
        return bool(conn.whole and super()._keepalive_after(conn, keepalive))

    # --- Saying no.

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: Exception
    ) -> None:
        """Refuse what is no request. The log gets no address, and nothing of what was sent."""
        del req, addr
        status = HTTPStatus.BAD_REQUEST
        if not isinstance(exc, (errors.ParseException, OSError)):
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.log.error("a request failed: %s", type(exc).__name__)
        self._refuse(client, TOLD.get(type(exc), status))

    def _refuse(self, sock: socket.socket, status: HTTPStatus) -> None:
        with contextlib.suppress(OSError):
            sock.settimeout(0)
            sock.send(refusal(status, secure=self.secure))


def refusal(status: HTTPStatus, *, secure: bool) -> bytes:
    """A small answer in plain text, with the headers that every answer bears."""
    body = f"{status.value} {status.phrase}\n".encode()
    headers = {
        **fixed_headers(secure=secure),
        "Content-Security-Policy": STATIC_POLICY,
        "Cache-Control": "no-store",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join((*lines, "", "")).encode() + body
