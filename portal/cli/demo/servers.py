"""Portal, sign-in simulator and answer door side by side, until Ctrl-C ends them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import click
from werkzeug.serving import WSGIRequestHandler, make_server

import portal
from portal.cli.demo import door
from portal.cli.demo.people import citizens, employees
from portal.cli.house import CannotRun
from portal.simulator import Invented, create_simulator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

    from portal.settings import Settings

ROOT = Path(portal.__file__).parent.parent
START_SECONDS = 20
STOP_SECONDS = 5
HTTP_OK = 200
PORTAL = ("-c", "python:portal.serving", "--workers", "1")


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, *_args: object) -> None:
        """Say nothing."""


def check_can_serve(host: str, port: int) -> None:
    """Raises CannotRun where the front end is not there or a port is taken."""
    if not (ROOT / "static" / "dist" / "manifest.json").is_file():
        message = "The front end has not been built. Run `make build`."
        raise CannotRun(message)
    for wanted in _places(host, port):
        _check_free(*wanted)


def _places(host: str, port: int) -> tuple[tuple[str, int], tuple[str, int], tuple[str, int]]:
    """Where portal, simulator and answer door are."""
    return (host, port), (host, port + 1), (door.name(host), port + 2)


def serve(
    settings: Settings,
    envs: tuple[Mapping[str, str], Mapping[str, str]],
    host: str,
    port: int,
    greeting: str,
) -> None:
    """Serve until Ctrl-C: the portal in the first surroundings, the answer door in the second.

    Raises CannotRun where one of them does not start.
    """
    portal, simulator, at_last = _places(host, port)
    signal.signal(signal.SIGTERM, _interrupt)
    portal_env, door_env = envs
    with (
        _simulator(settings, *simulator),
        _gunicorn(door_env, *at_last, door.SERVER) as at_the_door,
        _gunicorn(portal_env, *portal, PORTAL) as process,
    ):
        try:
            _wait_until_up(at_the_door, *at_last)
            _wait_until_up(process, *portal)
            click.echo(greeting)
            process.wait()
        except KeyboardInterrupt:
            click.echo("\nEnded.")
            return
    message = "The portal has stopped. What it said stands above."
    raise CannotRun(message)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _check_free(host: str, port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            message = f"Port {port} is taken. Choose another: PORT=… or --port."
            raise CannotRun(message) from None


@contextmanager
def _simulator(settings: Settings, host: str, port: int) -> Iterator[None]:
    people = [
        *(Invented(one.name, cpr=one.cpr) for one in citizens().values()),
        *(Invented(one.name, roles=tuple(one.roles)) for one in employees().values()),
    ]
    app = create_simulator(settings, people)
    server = make_server(host, port, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(STOP_SECONDS)
        server.server_close()


@contextmanager
def _gunicorn(
    env: Mapping[str, str], host: str, port: int, server: Sequence[str]
) -> Iterator[subprocess.Popen[bytes]]:
    """One of the two apps, which knows only the settings in `env`."""
    command = [
        sys.executable, "-m", "gunicorn", *server, "--chdir", str(ROOT),
        "--bind", f"{host}:{port}", "--graceful-timeout", "1", "--log-level", "warning",
    ]  # fmt: skip
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("INDBLIK_")
    }
    # In a session of its own, so that Ctrl-C reaches it through us, once.
    process = subprocess.Popen(command, env=inherited | dict(env), start_new_session=True)  # noqa: S603 - our own program
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(process: subprocess.Popen[bytes], host: str, port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if _answers(host, port):
            return
        time.sleep(0.05)
    message = "Portal or answer door did not start. What it said stands above."
    raise CannotRun(message)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == HTTP_OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
