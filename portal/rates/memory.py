"""Visits kept in the process: a storage for `limits` that stays small and is safe among threads.

The one that `limits` brings grows with each new name until it is swept, starts a thread for each
sweep, and two threads may both take the last place.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from threading import Lock

from limits.storage import Storage
from limits.storage.base import MovingWindowSupport

from portal import clock

MOST_NAMES = 20_000  # who came least lately is forgotten first


class Kept(Storage, MovingWindowSupport):
    """The moments at which each name was let through, oldest first, within its window."""

    STORAGE_SCHEME = None

    def __init__(self, most_names: int = MOST_NAMES) -> None:
        super().__init__()
        self._most = most_names
        self._lock = Lock()
        self._visits: OrderedDict[str, deque[float]] = OrderedDict()

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Let `amount` more through, if the window has room for them."""
        now = clock.now().timestamp()
        with self._lock:
            visits = self._within(key, expiry, now)
            if len(visits) + amount > limit:
                return False
            visits.extend([now] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The oldest moment within the window, and how many there are."""
        del limit
        now = clock.now().timestamp()
        with self._lock:
            visits = self._within(key, expiry, now)
            return (visits[0] if visits else now), len(visits)

    def _within(self, key: str, expiry: int, now: float) -> deque[float]:
        visits = self._visits.setdefault(key, deque())
        self._visits.move_to_end(key)
        if len(self._visits) > self._most:
            self._visits.popitem(last=False)
        while visits and visits[0] <= now - expiry:
            visits.popleft()
        return visits

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; how many names there were."""
        with self._lock:
            count = len(self._visits)
            self._visits.clear()
            return count

    def clear(self, key: str) -> None:
        """Forget one name."""
        with self._lock:
            self._visits.pop(key, None)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Not for this storage: it has moving windows alone."""
        raise NotImplementedError

    def get(self, key: str) -> int:
        """How many of this name are kept, whatever their window."""
        with self._lock:
            return len(self._visits.get(key, ()))

    def get_expiry(self, key: str) -> float:
        """Not for this storage: a window belongs to a limit."""
        del key
        return time.time()
