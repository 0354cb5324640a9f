"""How a message becomes a number: EMSA-PSS (RFC 8017, 9.1.1) with SHA-384."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.blind.words import PublicKey

HASH = "sha384"
HASH_BYTES = 48
SALT_BYTES = 48  # of the variants named PSS; those named PSSZERO have none


def encoded(key: PublicKey, message: bytes, salt: bytes) -> int:
    """The number, smaller than the key's modulus, that stands for the message."""
    bits = key.modulus.bit_length() - 1
    length = (bits + 7) // 8
    digest = hashlib.new(HASH, bytes(8) + _hash(message) + salt).digest()
    padding = bytes(length - len(salt) - HASH_BYTES - 2)
    block = _xor(padding + b"\x01" + salt, _mask(digest, length - HASH_BYTES - 1))
    number = int.from_bytes(block + digest + b"\xbc", "big")
    return number & ((1 << bits) - 1)  # the bits that the modulus has no room for


def _hash(message: bytes) -> bytes:
    return hashlib.new(HASH, message).digest()


def _mask(seed: bytes, length: int) -> bytes:
    """MGF1: as many bytes as are asked for, made of the seed and a counter."""
    rounds = -(-length // HASH_BYTES)
    return b"".join(_hash(seed + n.to_bytes(4, "big")) for n in range(rounds))[:length]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
