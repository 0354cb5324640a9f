"""Telling the operator: one line for each limit and minute, with a number and nobody's address."""

from __future__ import annotations

import time
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import Logger

    from portal.rates.words import Limit

MINUTE = 60
AWAY = "redis"


class Loud:
    """Writes the first of each kind at once, and what came after it with the next minute's."""

    def __init__(self, log: Logger) -> None:
        self._log = log
        self._lock = Lock()
        self._written: dict[str, float] = {}
        self._since: Counter[str] = Counter()

    def reached(self, limit: Limit) -> None:
        """A limit kept somebody out, or would have."""
        more = self._due(limit.name)
        if more is not None:
            self._log.warning(
                "limit reached: %s",
                limit.name,
                extra={
                    "limit": limit.name,
                    "amount": limit.amount,
                    "seconds": limit.seconds,
                    "kept_out": not limit.told_only,
                    "more_since": more,
                },
            )

    def away(self, error: str) -> None:
        """Redis did not answer."""
        more = self._due(AWAY)
        if more is not None:
            self._log.error(
                "redis is away: visits are counted in each process",
                extra={"error": error, "more_since": more},
            )

    def _due(self, name: str) -> int | None:
        """How many were not written since the last line, if it is time for another."""
        now = time.monotonic()
        with self._lock:
            if now - self._written.get(name, -MINUTE) < MINUTE:
                self._since[name] += 1
                return None
            self._written[name] = now
            return self._since.pop(name, 0)
