"""Writing down outside the database how far its chains had come.

To a file of each day, and to the log, which both should be copied to where an administrator of
the database cannot reach: at the beginning of a chain, each minute while entries come, at the end.
"""

from __future__ import annotations

import atexit
import logging
import os
from threading import Lock, Timer
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakSet

from portal import clock
from portal.audit.rules.anchors import file_of, line_of, told
from portal.audit.words import Anchor, Occasion

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from portal.audit.words import Link
    from portal.settings import Key

LOG = logging.getLogger("indblik.audit")
EVERY_SECONDS = 60
OWNER_ONLY, OWNERS_FILE = 0o700, 0o600


class Head(NamedTuple):
    key: Key
    day: date
    link: Link


class Anchors:
    """The heads of this process's chains that are not written down yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begin_anew()
        ALL.add(self)

    def begin_anew(self) -> None:
        """Forget all heads: they are another process's now."""
        self._lock = Lock()
        self._due: dict[UUID, Head] = {}
        self._timer: Timer | None = None

    def grown(self, key: Key, day: date, link: Link, *, first: bool) -> None:
        """A chain has grown. Its first head is written down at once, others within a minute."""
        head = Head(key, day, link)
        if first and self.write([head], Occasion.OPENED):
            return
        with self._lock:
            self._due[link.chain] = head
            if self._timer is None:
                self._timer = Timer(EVERY_SECONDS, self.write_due, (Occasion.MINUTE,))
                self._timer.daemon = True
                self._timer.start()

    def write_due(self, why: Occasion) -> None:
        """Write down all heads that are due."""
        with self._lock:
            heads, self._due = self._due, {}
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        if heads and not self.write(heads.values(), why):
            with self._lock:
                self._due = heads | self._due  # a later entry begins the next minute

    def write(self, heads: Iterable[Head], why: Occasion) -> bool:
        """Write these heads down; whether the file took them. The log is told in any case."""
        now, kept = clock.now(), True
        for head in heads:
            anchor = Anchor(now, head.day, head.link, why)
            LOG.info("anchor", extra=told(anchor))
            kept = self._append(head.day, line_of(head.key, anchor)) and kept
        return kept

    def _append(self, day: date, line: str) -> bool:
        path = self.folder / file_of(day)
        try:
            self.folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNERS_FILE)
            try:
                os.write(file, f"{line}\n".encode())  # at once: other processes write here, too
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            LOG.error("an anchor of the audit log cannot be written", extra={"error": error.errno})  # noqa: TRY400 - the cause is its number
            return False
        return True


ALL: WeakSet[Anchors] = WeakSet()


@atexit.register
def _at_end() -> None:
    for anchors in tuple(ALL):
        anchors.write_due(Occasion.ENDED)
