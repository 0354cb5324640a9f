"""Sessions in files: for a machine without Redis."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from portal.pages.session_stores.limits import (
    ABSOLUTE,
    IDLE,
    SLACK,
    STAMP,
    is_alive,
    living,
    stamped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class FileStore:
    """For a machine without Redis. One at a time: whoever writes has the folder alone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._swept = time.monotonic()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def read(self, key: str, now: int, *, touch: bool) -> tuple[int, bytes] | None:
        """As Store."""
        path = self._folder / key
        with self._alone():
            entry = _content(path)
            if len(entry) < STAMP:
                return None
            if not is_alive(int(entry[:STAMP]), now):
                path.unlink()
                return None
            if touch:
                with path.open("r+b") as file:
                    file.write(stamped(now))
        return int(entry[:STAMP]), entry[STAMP:]

    def write(self, key: str, content: bytes, now: int, *, new: bool) -> None:
        """As Store."""
        path = self._folder / key
        with self._alone():
            if path.exists() if new else not _content(path):
                return
            self._put(path, stamped(now) + content)
            if new:
                self._sweep()

    def _put(self, path: Path, content: bytes) -> None:
        """All or nothing, also where the machine stops in between."""
        number, name = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(path)

    def delete(self, key: str) -> None:
        """As Store."""
        with self._alone():
            (self._folder / key).unlink(missing_ok=True)

    def forget(self, keys: Iterable[str]) -> None:
        """As Store."""
        with self._alone():
            for key in keys:
                self._put(self._folder / key, b"")

    def last_asked(self, keys: Iterable[str], now: int) -> dict[str, int]:
        """As Store."""
        with self._alone():
            return living(((key, _content(self._folder / key)[:STAMP]) for key in keys), now)

    def _sweep(self) -> None:
        """Delete, now and then, what is so old that no session can be in it."""
        if time.monotonic() - self._swept < IDLE.total_seconds():
            return
        self._swept = time.monotonic()
        oldest = time.time() - ABSOLUTE.total_seconds() - SLACK
        for path in self._folder.iterdir():
            if path.name != "lock" and path.stat().st_mtime < oldest:
                path.unlink()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
