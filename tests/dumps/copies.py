"""Copies of the stores, taken apart into everything that an attacker could work with."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import MetaData, select

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redis import Redis
    from sqlalchemy import Engine

WORD = re.compile(rb"[A-Za-z0-9+/_=:.-]{6,}")
SHORTEST, LONGEST = 6, 128  # bytes of what may be a key or the result of a hash


@dataclass
class Copy:
    """All that was found: in each row, and in all of it as it stands there."""

    rows: dict[str, list[set[bytes]]] = field(default_factory=dict)  # by table
    raw: list[bytes] = field(default_factory=list)

    def add(self, table: str, values: Iterable[object]) -> None:
        """Take a row, or an entry, apart."""
        pieces: set[bytes] = set()
        for value in values:
            for part in parts(value):
                self.raw.append(part)
                pieces |= set(spelled_otherwise(part))
        self.rows.setdefault(table, []).append(pieces)

    @property
    def pieces(self) -> set[bytes]:
        return set().union(*(row for rows in self.rows.values() for row in rows))


def parts(value: object) -> Iterator[bytes]:
    """A value as bytes; of a structure, each value in it."""
    match value:
        case None | bool():
            return
        case bytes() | memoryview():
            yield bytes(value)
        case UUID():
            yield value.bytes
            yield str(value).encode()
        case dict():
            for key, one in value.items():
                yield from parts(key)
                yield from parts(one)
        case list() | tuple():
            for one in value:
                yield from parts(one)
        case _:
            yield str(value).encode()


def spelled_otherwise(piece: bytes) -> Iterator[bytes]:
    """A piece, its words, and what these are when they are hex or base64."""
    words = {piece, *WORD.findall(piece)}
    for word in words:
        if SHORTEST <= len(word) <= LONGEST:
            yield word
        for decode in (bytes.fromhex, base64.urlsafe_b64decode, base64.b64decode):
            try:
                text = word.decode("ascii")
                padded = text if decode == bytes.fromhex else text + "=" * (-len(text) % 4)
                made = decode(padded)
            except (UnicodeDecodeError, ValueError, binascii.Error):
                continue
            if SHORTEST <= len(made) <= LONGEST:
                yield made


def of_database(copy: Copy, engine: Engine) -> None:
    """Everything in a database, whatever tables it has."""
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        for table in found.sorted_tables:
            for row in connection.execute(select(table)):
                copy.add(table.name, [_read(value) for value in row])


def _read(value: Any) -> object:  # noqa: ANN401 - of any column
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def of_redis(copy: Copy, store: Redis) -> None:
    """Everything in Redis: names and what they hold."""
    for name in store.scan_iter(count=1000):
        kind = store.type(name)
        content: object = name
        if kind == b"string":
            content = store.get(name)
        elif kind == b"hash":
            content = store.hgetall(name)
        elif kind == b"zset":
            content = store.zrange(name, 0, -1)
        elif kind == b"list":
            content = store.lrange(name, 0, -1)
        elif kind == b"set":
            content = list(store.smembers(name))
        copy.add("redis", [name, content])
