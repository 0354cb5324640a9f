"""Starting and ending the processes of tests."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PATIENCE = 90  # seconds: a Java program starts slowly on two busy cores


class NotReadyError(RuntimeError):
    """A server ended or stayed silent. The message holds what it printed."""


def free_port() -> int:
    """A loopback port that nobody holds right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def temporary_folder(name: str) -> Iterator[Path]:
    """A folder with a short path (Unix sockets need that), gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"indblik-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise NotReadyError(log.read_text(errors="replace")[-2000:])
        time.sleep(0.05)


@contextlib.contextmanager
def running(
    command: Sequence[str | Path],
    ready: Callable[[], bool],
    log: Path,
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ready, and ended by pid afterwards, whatever happened in between.

    `setpriv` ends it also when the test run itself is killed.
    """
    guarded = ["setpriv", "--pdeathsig", stop.name.removeprefix("SIG"), *map(str, command)]
    with log.open("wb") as output:
        process = subprocess.Popen(guarded, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        _wait(process, ready, log)
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
