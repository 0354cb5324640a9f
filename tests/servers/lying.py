"""An OpenID provider that does what it is told, also when no provider may do it."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.jwk import ECKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DISCOVERY = "/.well-known/openid-configuration"
CPR = "6101901234"
NAME = "Opfundet Person"


@dataclass(slots=True)
class Lying:
    """The provider. Change what it answers; by default it behaves."""

    issuer: str
    nonce: str = "nonce"
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    changed: dict[str, Any] = field(default_factory=dict)  # claims; None takes one away
    bodies: dict[str, Callable[[], bytes | Iterable[bytes]]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ahead: int = 0  # seconds of its clock

    def claims(self) -> dict[str, Any]:
        now = int(time.time()) + self.ahead
        right = {
            "iss": self.issuer,
            "sub": "subject-1",
            "aud": "indblik",
            "nonce": self.nonce,
            "acr": "https://data.gov.dk/concept/core/nsis/Substantial",
            "auth_time": now,
            "iat": now,
            "exp": now + 300,
        }
        return {k: v for k, v in (right | self.changed).items() if v is not None}

    def id_token(self) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, self.claims(), self.key)

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end",
        }

    def document(self, path: str) -> dict[str, Any]:
        match path:
            case "/jwks":
                return {"keys": [dict(self.key.as_dict(private=False))]}
            case "/token":
                token = {"access_token": "opaque", "token_type": "Bearer"}
                return token | {"id_token": self.id_token()}
            case "/userinfo":
                return {"sub": "subject-1", "name": NAME, "cpr": CPR}
        return self.description()

    def says(self, path: str, document: object) -> None:
        """Answer with this from now on."""
        body = json.dumps(document).encode()
        self.bodies[path] = lambda: body

    def body(self, path: str) -> bytes | Iterable[bytes]:
        self.asked.append(path)
        if path in self.bodies:
            return self.bodies[path]()
        return json.dumps(self.document(path)).encode()


def drops(piece: bytes = b" ", seconds: float = 0.2) -> Iterator[bytes]:
    """A body that never ends, and is never silent for long."""
    while True:
        time.sleep(seconds)
        yield piece


def _handler(lying: Lying) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = lying.body(self.path)
            with contextlib.suppress(OSError):
                if lying.headers.get("drip") == self.path:
                    self._drip()
                self.send_response(lying.statuses.get(self.path, 200))
                self.send_header("Content-Type", "application/json")
                for name in {"Location", "Content-Encoding"} & lying.headers.keys():
                    self.send_header(name, lying.headers[name])
                self.end_headers()
                for piece in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(piece)
                    self.wfile.flush()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def _drip(self) -> None:
            """Headers without end."""
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
            for piece in drops(b"x"):
                self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
            """Nothing: pytest shows what fails."""

    return Handler


@contextlib.contextmanager
def lying_provider() -> Iterator[Lying]:
    """A provider on loopback, gone afterwards."""
    lying = Lying("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lying))
    lying.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield lying
    finally:
        server.shutdown()
        server.server_close()
