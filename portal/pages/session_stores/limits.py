"""How long sessions last, and what a store of them does.

Each entry begins with the moment at which it was last asked for, on the portal's own clock: so the
idle limit is exact, and does not depend on the store's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

IDLE = timedelta(minutes=30)  # without a request
ABSOLUTE = timedelta(hours=8)  # since sign-in
IDLE_MS = IDLE // timedelta(milliseconds=1)
AHEAD_MS = 5 * 60 * 1000  # that two machines' clocks may differ; what is later is not believed
SLACK = 60  # seconds that the store keeps an entry longer than the portal believes it
STAMP = 14  # digits of the moment that each entry begins with, in milliseconds since 1970


class Store(Protocol):
    """Keeps entries by key. `now` is in milliseconds since 1970."""

    def read(self, key: str, now: int, *, touch: bool) -> tuple[int, bytes] | None:
        """When an entry was last asked for, and what it holds; begins its idle time anew."""

    def write(self, key: str, content: bytes, now: int, *, new: bool) -> None:
        """Keep an entry: one that there is, unless it is new. One that has ended stays so."""

    def delete(self, key: str) -> None:
        """Delete an entry."""

    def forget(self, keys: Iterable[str]) -> None:
        """Delete entries for good: also one that is only about to be written."""

    def last_asked(self, keys: Iterable[str], now: int) -> dict[str, int]:
        """When those of the entries that are alive were last asked for. Changes nothing."""


def is_alive(seen: int, now: int) -> bool:
    """Whether an entry that was last asked for then is still believed."""
    return -AHEAD_MS <= now - seen < IDLE_MS


def stamped(now: int) -> bytes:
    """What an entry begins with."""
    return f"{now:0{STAMP}d}".encode()


def living(stamps: Iterable[tuple[str, bytes]], now: int) -> dict[str, int]:
    """Those that are alive, by what their entries begin with."""
    read = {key: int(stamp) for key, stamp in stamps if len(stamp) == STAMP}
    return {key: seen for key, seen in read.items() if is_alive(seen, now)}
