"""How keys are wrapped, and which of them are to be used. Pure: values in, values out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.keys.words import State
from portal.settings import Key
from portal.vault import KeysUnavailable, Purpose, Ring

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from portal.keys.words import Stored

NONCE_BYTES = 12
LOADED = (State.CURRENT, State.OLD, State.RESTING, State.COMING)  # in the order they are tried
UNDER_WAY = {State.COMING, State.OLD, State.LEAVING}  # a rotation has begun and not ended


def wrapped(kek: Key, purpose: Purpose, key: Key) -> bytes:
    """The key, encrypted: it opens under its own purpose and name alone."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(kek.secret).encrypt(nonce, key.secret, _about(purpose, key.id))


def unwrapped(row: Stored, keks: Iterable[Key]) -> Key:
    """The key that lies wrapped. Raises KeysUnavailable, which says in plain words why not."""
    kek = next((one for one in keks if one.id == row.kek), None)
    if kek is None:
        message = (
            f"the {row.purpose} key {row.id} is wrapped with the key-encryption key {row.kek!r}, "
            "which INDBLIK_KEK does not hold"
        )
        raise KeysUnavailable(message)
    nonce, body = row.wrapped[:NONCE_BYTES], row.wrapped[NONCE_BYTES:]
    try:
        return Key(row.id, AESGCM(kek.secret).decrypt(nonce, body, _about(row.purpose, row.id)))
    except (InvalidTag, ValueError):
        message = (
            f"the {row.purpose} key {row.id} does not open with the key-encryption key "
            f"{row.kek!r}: INDBLIK_KEK holds another key of that name, or the row was changed"
        )
        raise KeysUnavailable(message) from None


def _about(purpose: Purpose, key_id: str) -> bytes:
    return f"indblik key {purpose} {key_id}".encode()


def ring_of(rows: Collection[Stored], keks: Sequence[Key]) -> Ring:
    """The keys for each purpose, the current one first. Raises KeysUnavailable."""
    ring: dict[Purpose, tuple[Key, ...]] = {}
    for purpose in Purpose:
        loaded = [row for row in rows if row.purpose is purpose and row.state in LOADED]
        loaded.sort(key=lambda row: row.since, reverse=True)
        loaded.sort(key=lambda row: LOADED.index(row.state))
        if [row.state for row in loaded].count(State.CURRENT) != 1:
            message = f"there is no {purpose} key: `indblik keys init` makes those that are missing"
            raise KeysUnavailable(message)
        ring[purpose] = tuple(unwrapped(row, keks) for row in loaded)
    return ring


def next_id(taken: Iterable[str]) -> str:
    """A name that no key of the purpose has had: they are numbered."""
    return str(max((int(one) for one in taken if one.isdecimal()), default=0) + 1)


def under_way(rows: Iterable[Stored]) -> bool:
    """Whether a rotation of these keys has begun and not ended."""
    return any(row.state in UNDER_WAY for row in rows)


def seconds_left(row: Stored, settle: float, now: datetime) -> float:
    """How long until every process knows of this key's state."""
    return max(0.0, settle - (now - row.since).total_seconds())
