"""A portal behind real workers, and an authority that machines get their tokens from."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from joserfc.jwk import ECKey

from tests.api.conftest import AUDIENCE, ISSUER, Authority, published
from tests.servers.processes import answers, free_port, running

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
GUNICORN = ["-c", "python:portal.serving", "--threads", "4",
            "--graceful-timeout", "1", "--log-level", "error"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Served:
    """A portal that runs in processes of its own."""

    address: str
    process: subprocess.Popen[bytes]
    authority: Authority

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.authority.token()}"}

    def workers(self) -> list[int]:
        """The processes that answer, as they are right now."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children")
        return [int(number) for number in children.read_text().split()]


@contextlib.contextmanager
def issuing() -> Iterator[tuple[Authority, str]]:
    """An authority with its keys on loopback, and their address."""
    key = ECKey.generate_key("P-256", parameters={"kid": "one"})
    authority = Authority(key, published=[published(key)])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(authority.jwks()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
            """Nothing: pytest shows what fails."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield authority, f"http://127.0.0.1:{server.server_port}/jwks"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def serving(env: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """The portal with these settings, and its doors for machines open."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"127.0.0.1:{port}"]
    with issuing() as (authority, keys):
        api = {
            "INDBLIK_API_ISSUER": ISSUER,
            "INDBLIK_API_AUDIENCE": AUDIENCE,
            "INDBLIK_API_JWKS_URL": keys,
            "INDBLIK_API_A_MINUTE": "1000000",
        }
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
        pairs = [f"{name}={value}" for name, value in (inherited | dict(env) | api).items()]
        with running(
            ["env", "-C", str(ROOT), *pairs, *command],
            lambda: answers(port),
            folder / "gunicorn.log",
        ) as process:
            yield Served(f"http://127.0.0.1:{port}", process, authority)
