"""Sessions in Redis: for production, where several processes share them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from portal.pages.session_stores.limits import (
    ABSOLUTE,
    AHEAD_MS,
    IDLE,
    IDLE_MS,
    SLACK,
    STAMP,
    living,
    stamped,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis import Redis

PREFIX = "indblik:session:"
# An entry that is empty is one that was ended for good.
READ = f"""
local found = redis.call('GET', KEYS[1])
if not found or #found < {STAMP} then return false end
local passed = tonumber(ARGV[1]) - tonumber(string.sub(found, 1, {STAMP}))
if passed >= {IDLE_MS} or passed < -{AHEAD_MS} then redis.call('DEL', KEYS[1]) return false end
if ARGV[2] ~= '0' then
  redis.call('SETRANGE', KEYS[1], 0, ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[2])
end
return found
"""
WRITE = """
if redis.call('STRLEN', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""
LASTS = int(IDLE.total_seconds()) + SLACK


class RedisStore:
    """For production, where several processes share the sessions. Each call is one turn."""

    def __init__(self, client: Redis) -> None:
        self.client = client
        self._read = client.register_script(READ)
        self._write = client.register_script(WRITE)

    def read(self, key: str, now: int, *, touch: bool) -> tuple[int, bytes] | None:
        """As Store."""
        found = self._read([PREFIX + key], [stamped(now), LASTS if touch else 0])
        if not found:
            return None
        entry = cast("bytes", found)
        return int(entry[:STAMP]), entry[STAMP:]

    def write(self, key: str, content: bytes, now: int, *, new: bool) -> None:
        """As Store."""
        entry = stamped(now) + content
        if new:
            self.client.set(PREFIX + key, entry, ex=LASTS, nx=True)
        else:
            self._write([PREFIX + key], [entry, LASTS])

    def delete(self, key: str) -> None:
        """As Store."""
        self.client.delete(PREFIX + key)

    def forget(self, keys: Iterable[str]) -> None:
        """As Store."""
        with self.client.pipeline() as turn:
            for key in keys:
                turn.set(PREFIX + key, b"", ex=ABSOLUTE)
            turn.execute()

    def last_asked(self, keys: Iterable[str], now: int) -> dict[str, int]:
        """As Store."""
        wanted = list(keys)
        with self.client.pipeline() as turn:
            for key in wanted:
                turn.getrange(PREFIX + key, 0, STAMP - 1)
            stamps = cast("list[bytes]", turn.execute())
        return living(zip(wanted, stamps, strict=True), now)
