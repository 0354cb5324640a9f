"""Sets of words in little room."""

from __future__ import annotations

import math
from hashlib import blake2b
from typing import TYPE_CHECKING

from portal.scrubbing.words import WrongFile

if TYPE_CHECKING:
    from collections.abc import Collection

HASHES = 6
MAGIC = b"wordset1"


class Bloom:
    """A set that says "no" of about one in a hundred strangers wrongly, and of no member."""

    def __init__(self, bits: bytes) -> None:
        if bits[: len(MAGIC)] != MAGIC:
            message = "not a set of words"
            raise WrongFile(message)
        self._bits = bits[len(MAGIC) :]
        self._size = len(self._bits) * 8

    def __contains__(self, word: str, /) -> bool:
        one, two = _hashes(word)
        bits, size = self._bits, self._size
        for turn in range(HASHES):
            place = (one + turn * two) % size
            if not bits[place >> 3] >> (place & 7) & 1:
                return False
        return True


def bloom(words: Collection[str], bits_a_word: float = 10) -> bytes:
    size = max(1, math.ceil(len(words) * bits_a_word / 8))
    bits = bytearray(size)
    for word in words:
        one, two = _hashes(word)
        for turn in range(HASHES):
            place = (one + turn * two) % (size * 8)
            bits[place >> 3] |= 1 << (place & 7)
    return MAGIC + bytes(bits)


def _hashes(word: str) -> tuple[int, int]:
    digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=12).digest()
    return int.from_bytes(digest[:6], "little"), int.from_bytes(digest[6:], "little") | 1
