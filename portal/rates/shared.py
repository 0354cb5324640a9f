"""Visits kept in Redis, for all processes together: one round trip for all limits of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from limits.storage import RedisStorage
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError
from redis.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis import Redis

    from portal.rates.words import Count

PREFIX = "indblik:rates"
WAIT_SECONDS = 0.2  # once; after that the process counts by itself for a while
BEGAN = f"{PREFIX}:began"  # since when this Redis remembers


class Shared:
    """The moving windows of `limits` in Redis, several asked for at once."""

    def __init__(self, url: str) -> None:
        self._storage = RedisStorage(
            url,
            key_prefix=PREFIX,
            socket_timeout=WAIT_SECONDS,
            socket_connect_timeout=WAIT_SECONDS,
            # Not tried anew: that a connection is gone may mean that its memory is, too.
            retry=cast("Any", Retry(NoBackoff(), 0)),
        )

    def take(
        self, counts: Sequence[Count], watched: Sequence[Count], now: float
    ) -> tuple[float, list[tuple[bool, float]]]:
        """Count one more visit each, and look at what is only watched.

        Since when Redis remembers, and of each whether there was room and, if there was none, the
        oldest moment in its window. Raises RedisError.
        """
        try:
            found = self._ask(counts, watched, now)
        except NoScriptError:  # this Redis is a new one
            self._load()
            found = self._ask(counts, watched, now)
        began, told = float(found[1]), found[2:]
        rooms = [bool(told[2 * place]) for place in range(len(counts))]
        oldest = [float(told[2 * place + 1] or now) for place in range(len(counts))]
        for window, one in zip(told[2 * len(counts) :], watched, strict=True):
            rooms.append(window is None or int(window[1]) < one.limit.amount)
            oldest.append(now if window is None else float(window[0]))
        return began, list(zip(rooms, oldest, strict=True))

    def _ask(self, counts: Sequence[Count], watched: Sequence[Count], now: float) -> list[Any]:
        acquire, look = self._scripts()
        with self._client().pipeline(transaction=False) as line:
            line.setnx(BEGAN, now)
            line.get(BEGAN)
            for limit, whose in counts:
                key = f"{PREFIX}:{limit.name}:{whose}"
                line.evalsha(acquire, 1, key, now, limit.amount, limit.seconds, 1)
                line.lindex(key, limit.amount - 1)
            for limit, whose in watched:
                key = f"{PREFIX}:{limit.name}:{whose}"
                line.evalsha(look, 1, key, now - limit.seconds, limit.amount)
            return line.execute()

    def forget_connections(self) -> None:
        """Close what is open: the next one shows whether Redis is another than before."""
        self._client().connection_pool.disconnect(inuse_connections=False)

    def _scripts(self) -> tuple[str, str]:
        storage = self._storage
        return storage.lua_acquire_moving_window.sha, storage.lua_moving_window.sha

    def _load(self) -> None:
        for text in (RedisStorage.SCRIPT_ACQUIRE_MOVING_WINDOW, RedisStorage.SCRIPT_MOVING_WINDOW):
            self._client().script_load(text)

    def _client(self) -> Redis:
        return cast("Redis", self._storage.get_connection())


__all__ = ["RedisError", "Shared"]
