"""Talking to a provider that may be slow, down or lying: every wait and every body is bounded.

A time-out per read does not stop a server that sends one byte now and then. So an exchange runs
in a thread of its own; when its time is up, the page goes on without it and its sockets are shut,
which ends the thread.
"""

from __future__ import annotations

import contextlib
import io
import socket
import threading
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from portal.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable

DEADLINE = 2.5  # seconds for all that one page asks of a provider: a page may take 3
CONNECT_SECONDS = 1.0
READ_SECONDS = 2.0
LARGEST_BODY = 256 * 1024
PIECE = 16 * 1024
MOST_AT_ONCE = 16  # exchanges; more would be a provider that hangs

T = TypeVar("T")
_free = threading.BoundedSemaphore(MOST_AT_ONCE)


class ProviderDown(Exception):  # noqa: N818 - names what is the matter
    """The provider does not answer, or not in time, or says itself that it is out of order."""


class ProviderWrong(Exception):  # noqa: N818 - names what is the matter
    """The provider answers what no provider may answer. The message is ours: nothing of its."""


def acceptable(address: object) -> bool:
    """Whether an address may be talked to: HTTPS, or this machine itself."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    if parts.scheme == "http":
        return parts.hostname in LOOPBACK
    return parts.scheme == "https" and bool(parts.hostname)


class _Adapter(HTTPAdapter):
    """Remembers its sockets, so that they can be shut from outside."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as inherited
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": self._remembering(HTTPConnectionPool, HTTPConnection),
            "https": self._remembering(HTTPSConnectionPool, HTTPSConnection),
        }

    def _remembering(
        self, pool: type[HTTPConnectionPool], connection: type[HTTPConnection]
    ) -> type[HTTPConnectionPool]:
        sockets = self.sockets

        class Connection(connection):  # type: ignore[valid-type,misc]  # chosen at run time
            def connect(self) -> None:
                super().connect()
                sockets.append(self.sock)  # the connection forgets it before the body is read

        return type("Pool", (pool,), {"ConnectionCls": Connection})


class Line(OAuth2Session):
    """One exchange with one provider: what Authlib needs, within bounds."""

    def __init__(self, issuer: str, **client: Any) -> None:  # noqa: ANN401 - Authlib's parameters
        super().__init__(**client)
        # A developer's proxy must not stand between two programs on the same machine.
        self.trust_env = urlsplit(issuer).hostname not in LOOPBACK
        self._adapters = [_Adapter(), _Adapter()]
        self.mount("https://", self._adapters[0])
        self.mount("http://", self._adapters[1])
        self.headers["Accept-Encoding"] = "identity"

    def request(  # type: ignore[override]  # the dozen parameters pass through as they are
        self,
        method: str,
        url: str,
        **kwargs: Any,  # noqa: ANN401
    ) -> requests.Response:
        """One request: no redirect followed, the whole body read within bounds."""
        answer = self.glance(method, url, **kwargs)
        if answer.is_redirect:
            message = "a redirect"
            raise ProviderWrong(message)
        return answer

    def glance(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # noqa: ANN401
        """The same, for whoever wants to know where a redirect would lead."""
        if not acceptable(url):
            message = "an address that is not https"
            raise ProviderWrong(message)
        kwargs |= {"allow_redirects": False, "timeout": (CONNECT_SECONDS, READ_SECONDS)}
        answer: requests.Response = super().request(method, url, stream=True, **kwargs)
        with contextlib.closing(answer.raw):
            answer.raw = io.BytesIO(_body(answer))
        return answer

    def document(self, url: str, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """A JSON object that is fetched. Raises ProviderDown or ProviderWrong."""
        return _object(self.get(url, **kwargs))

    def cut(self) -> None:
        """End the exchange from another thread."""
        for adapter in self._adapters:
            for one in adapter.sockets:
                with contextlib.suppress(OSError):  # it has ended by itself
                    # Not SSLSocket's own method, which would take its state from the reader.
                    socket.socket.shutdown(one, socket.SHUT_RDWR)


def _body(answer: requests.Response) -> bytes:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        message = "a packed body, which nobody asked for"
        raise ProviderWrong(message)
    body = b""
    for piece in answer.raw.stream(PIECE, decode_content=False):
        body += piece
        if len(body) > LARGEST_BODY:
            message = "a body that is too large"
            raise ProviderWrong(message)
    return body


def _object(answer: requests.Response) -> dict[str, Any]:
    if answer.status_code >= requests.codes.server_error:
        raise ProviderDown
    if answer.status_code != requests.codes.ok:
        message = f"status {answer.status_code}"
        raise ProviderWrong(message)
    try:
        value = answer.json()
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        message = "no JSON object"
        raise ProviderWrong(message)
    return value


def within_bounds(line: Line, exchange: Callable[[Line], T]) -> T:
    """What the exchange gives, at most `DEADLINE` seconds from now.

    Raises ProviderDown when it does not come in time, else what the exchange raises.
    """
    if not _free.acquire(blocking=False):
        raise ProviderDown
    given: list[T] = []
    raised: list[Exception] = []

    def run() -> None:
        try:
            given.append(exchange(line))
        except (requests.RequestException, HTTPError):
            raised.append(ProviderDown())
        except Exception as error:  # noqa: BLE001 - handed over to the waiting thread
            raised.append(error)
        finally:
            line.close()
            _free.release()

    thread = threading.Thread(target=run, name="provider", daemon=True)
    thread.start()
    thread.join(DEADLINE)
    if given:
        return given[0]
    if raised:
        raise raised[0]
    line.cut()
    raise ProviderDown
