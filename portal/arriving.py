"""A request that is still coming in: how much of it is there, and whether a thread may take it.

Kept apart from the server so that its rules can be tried without a socket.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,19})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
LAST_CHUNK = b"0\r\n\r\n"


class State(Enum):
    """What may be done with a request."""

    COMING = "coming"
    WHOLE = "whole"
    TOO_LONG = "too long"  # to be waited for: the application says no, or reads it under a bound
    HEAD_TOO_LONG = "head too long"


@dataclass(slots=True)
class Arriving:
    """The bytes of a request so far."""

    most_head: int
    most_body: int  # that is waited for
    began: float
    held: bytearray = field(default_factory=bytearray)
    head: int = 0  # its length with the empty line, once it is there
    awaited: int | None = None  # of the body; None while it comes in chunks

    def add(self, data: bytes) -> State:
        """Take in what has come."""
        searched = max(0, len(self.held) - len(END))
        self.held += data
        if not self.head:
            end = self.held.find(END, searched)
            if max(end, 0 if end >= 0 else len(self.held)) > self.most_head:
                return State.HEAD_TOO_LONG
            if end < 0:
                return State.COMING
            self._read_head(end)
        return self._body_state()

    def _read_head(self, end: int) -> None:
        self.head = end + len(END)
        head = bytes(self.held[: end + 2])
        found = LENGTH.search(head)
        self.awaited = int(found[1]) if found else 0
        if CHUNKED.search(head):
            self.awaited = None

    def _body_state(self) -> State:
        there = len(self.held) - self.head
        if self.awaited is None:
            if self.held.endswith(LAST_CHUNK):
                return State.WHOLE
            return State.TOO_LONG if there > self.most_body else State.COMING
        if self.awaited > self.most_body:
            return State.TOO_LONG
        return State.WHOLE if there >= self.awaited else State.COMING
