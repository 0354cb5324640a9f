"""Visits kept in Redis, for all processes together: one round trip for all limits of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from limits.storage import RedisStorage
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError
from redis.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redis import Redis

    from portal.rates.words import Count, Limit

PREFIX = "indblik:rates"
WAIT_SECONDS = 0.2  # once; after that the process counts by itself for a while
BEGAN = f"{PREFIX}:began"  # since when this Redis remembers


def _key(limit: Limit, whose: str) -> str:
    return f"{PREFIX}:{limit.name}:{whose}"


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
        began = now if found[0] is None else float(found[0])
        if found[0] is None:
            self._client().setnx(BEGAN, now)
        taken, looked = found[1 : len(counts) + 1], found[len(counts) + 1 :]
        rooms = [(bool(told), now) for told in taken]
        if not all(taken):
            oldest = self._oldest(
                [one for one, told in zip(counts, taken, strict=True) if not told]
            )
            rooms = [(True, now) if told else (False, float(next(oldest) or now)) for told in taken]
        rooms += [
            (True, now) if one is None else (int(one[1]) < limit.amount, float(one[0]))
            for one, (limit, _) in zip(looked, watched, strict=True)
        ]
        return began, rooms

    def _ask(self, counts: Sequence[Count], watched: Sequence[Count], now: float) -> list[Any]:
        acquire, look = self._scripts()
        with self._client().pipeline(transaction=False) as line:
            line.get(BEGAN)
            for limit, whose in counts:
                key = _key(limit, whose)
                line.evalsha(acquire, 1, key, now, limit.amount, limit.seconds, 1)
            for limit, whose in watched:
                line.evalsha(look, 1, _key(limit, whose), now - limit.seconds, limit.amount)
            return line.execute()

    def _oldest(self, counts: Sequence[Count]) -> Iterator[Any]:
        """Of windows that are full, the moment that leaves first: asked only to say when."""
        with self._client().pipeline(transaction=False) as line:
            for limit, whose in counts:
                line.lindex(_key(limit, whose), limit.amount - 1)
            return iter(line.execute())

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
