"""Counting visits: together in Redis, and in the process while Redis is gone.

However Redis dies, comes back or forgets, all processes together let through at most twice the
amount in any window: what Redis had let through before, and what the processes' shares add up to.
So a visit needs room in the process's share, too, as long as Redis has been away or has begun
anew within the window.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from threading import Lock
from typing import TYPE_CHECKING

from limits import RateLimitItemPerSecond
from limits.strategies import MovingWindowRateLimiter

from portal import clock
from portal.rates.memory import Kept
from portal.rates.rules import bucket, share, wait
from portal.rates.shared import RedisError, Shared
from portal.rates.words import By, Count, TooMany
from portal.rates.writing import Loud

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.rates.queries import Rulebook
    from portal.rates.words import Limit, Whose

LOG = logging.getLogger("indblik.rates")
AGAIN_SECONDS = 2  # after Redis did not answer, until it is asked again
NAME_BYTES = 16
KEY_BYTES = 32
EVERYBODY = "all"


class Rates:
    """How often everybody came lately. Holds nobody's address, and no account.

    Without a secret each process makes one, which dies with it.
    """

    def __init__(
        self,
        rules: Rulebook,
        secret: bytes | None,
        shared: Shared | None = None,
        processes: int = 1,
        loud: Loud | None = None,
    ) -> None:
        self.rules = rules
        self._secret = secret
        self._shared = shared
        self._processes = processes
        self._own = MovingWindowRateLimiter(Kept())
        self._loud = loud or Loud(LOG)
        self._lock = Lock()
        self._asked_again_at = 0.0  # on the clock that only runs forward
        self._away_at = 0.0  # when Redis was last found away

    def counts(self, limits: Iterable[Limit], who: Whose) -> list[Count]:
        """What a visit counts for: each of the limits whose one is known."""
        names = {
            By.PERSON: who.person,
            By.CLIENT: who.client,
            By.ADDRESS: "" if who.address is None else bucket(who.address),
            By.ALL: EVERYBODY,
        }
        return [Count(one, self._name(one, names[one.by])) for one in limits if names[one.by]]

    def _name(self, limit: Limit, whose: str) -> str:
        """What one is called where visits are kept: nobody without the secret can tell who it is.

        Another name for each limit, so that who came to one door is not known at another.
        """
        said = f"{limit.name}\0{whose}".encode()
        return hmac.digest(self._key(), said, "sha256")[:NAME_BYTES].hex()

    def _key(self) -> bytes:
        if self._secret is None:  # two threads at once: one visit counts under a name of its own
            self._secret = secrets.token_bytes(KEY_BYTES)
        return self._secret

    def take(self, counts: Sequence[Count], watched: Sequence[Count] = ()) -> None:
        """Count one more visit each; the watched ones are only looked at. Raises TooMany."""
        now = clock.now().timestamp()
        began, found = self._together(counts, watched, now)
        full: list[TooMany] = []
        for place, count in enumerate((*counts, *watched)):
            limit = count.limit
            room, oldest = found[place] if found else (True, now)
            # Not only without Redis: it may have forgotten what it had let through.
            if found is None or now - max(began, self._away_at) < limit.seconds:
                oldest_here = self._alone(count, look=place >= len(counts))
                room, oldest = room and oldest_here is None, oldest_here or oldest
            if not room:
                self._loud.reached(limit)
                full.append(TooMany(limit, wait(oldest, limit.seconds, now)))
        kept_out = [one for one in full if not one.limit.told_only]
        if kept_out:
            raise max(kept_out, key=lambda one: one.seconds)

    def _together(
        self, counts: Sequence[Count], watched: Sequence[Count], now: float
    ) -> tuple[float, list[tuple[bool, float]] | None]:
        """What Redis says; nothing where there is none, or none that answers."""
        if self._shared is None or time.monotonic() < self._asked_again_at:
            return now, None
        try:
            return self._shared.take(counts, watched, now)
        except (RedisError, OSError, ValueError, TypeError) as error:
            self._away(self._shared, error)
            return now, None

    def _away(self, shared: Shared, error: Exception) -> None:
        with self._lock:
            self._asked_again_at = time.monotonic() + AGAIN_SECONDS
            self._away_at = clock.now().timestamp()
        shared.forget_connections()
        self._loud.away(type(error).__name__)

    def _alone(self, count: Count, *, look: bool) -> float | None:
        """The oldest visit in the window if this process's share has no room; None if it has."""
        limit = count.limit
        mine = share(limit.amount, self._processes)
        item = RateLimitItemPerSecond(mine, limit.seconds)
        ask = self._own.test if look else self._own.hit
        if ask(item, limit.name, count.whose):
            return None
        return self._own.get_window_stats(item, limit.name, count.whose).reset_time - limit.seconds
