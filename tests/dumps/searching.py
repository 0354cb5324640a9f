"""A search of the number space with everything that a copy of the stores contains.

A search of the whole space finds a number exactly when the value that some function makes of that
number stands in the copy; what the function makes of other numbers finds nobody. So each function
is tried on the numbers that are there: what is found is what the whole search would find, and the
days that it takes an attacker are no protection that is counted here.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.vault import LOOKUP_DOMAIN, RECORD_DOMAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tests.dumps.copies import Copy

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512",
          "blake2b", "blake2s")  # fmt: skip
KEYED = ("sha256", "sha1", "sha512")  # those that a key is tried with
SHORTEST = 12  # bytes that a value may be cut to and still tell somebody
KEY_SIZES = (16, 24, 32)
# What the code says and everybody can read: no secret, and so tried as a key and in front.
KNOWN = (b"", LOOKUP_DOMAIN, RECORD_DOMAIN, b"indblik", b"cpr", b"secret", b"indblik cpr lookup v1")
DIGITS = re.compile(rb"(?=(\d{6}[- ]?\d{4}))")
IN_HEX = re.compile(rb"(?=((?:3[0-9]){10}))")


def spellings(cpr: str) -> Iterator[bytes]:
    """A number as it may be written."""
    yield cpr.encode()
    yield f"{cpr[:6]}-{cpr[6:]}".encode()
    yield f"{cpr[:6]} {cpr[6:]}".encode()


def plain(copy: Copy, cprs: Iterable[str]) -> set[str]:
    """Numbers that can be read: as digits, as the hex of digits, and in what base64 stands for."""
    whole = b"\n".join([*copy.raw, *copy.pieces])
    digits = {found.translate(None, b"- ") for found in DIGITS.findall(whole)}
    digits |= {bytes.fromhex(found.decode()) for found in IN_HEX.findall(whole)}
    return {cpr for cpr in cprs if cpr.encode() in digits}


class Heads:
    """What may be the result of a function, found by its beginning: it may have been cut."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._heads = {piece[:SHORTEST] for piece in pieces if len(piece) >= SHORTEST}

    def hold(self, value: bytes) -> bool:
        return value[:SHORTEST] in self._heads


def hashed(copy: Copy, cprs: Iterable[str]) -> set[str]:
    """Numbers of which a hash without a key stands there, also with a known word in front."""
    heads = Heads(copy.pieces)
    short = {piece for piece in copy.pieces if len(piece) in {8, 10}}
    return {
        cpr
        for cpr in cprs
        for spelled in spellings(cpr)
        if any(
            heads.hold(hashlib.new(name, known + spelled).digest())
            for name in HASHES
            for known in KNOWN
        )
        or f"{zlib.crc32(spelled):08x}".encode() in short
    }


def candidates(copy: Copy, tables: Collection[str]) -> set[bytes]:
    """What may be a key: everything in those tables, whole and each part as long as a key."""
    found = set(KNOWN)
    for name in tables:
        for row in copy.rows.get(name, []):
            for piece in row:
                found.add(piece)
                found |= {piece[at : at + size] for size in KEY_SIZES
                          for at in range(len(piece) - size + 1)}  # fmt: skip
    return found


def keyed(
    copy: Copy, cprs: Collection[str], keys: Iterable[bytes], names: Iterable[str] = KEYED
) -> set[str]:
    """Numbers of which a value made with one of these keys stands there."""
    heads = Heads(copy.pieces)
    messages = [(cpr, known + spelled) for cpr in cprs for spelled in (cpr.encode(),)
                for known in (b"", LOOKUP_DOMAIN)]  # fmt: skip
    found = set()
    for key in keys:
        for name in names:
            begun = hmac.new(key, digestmod=name)
            for cpr, message in messages:
                one = begun.copy()
                one.update(message)
                if heads.hold(one.digest()):
                    found.add(cpr)
    return found


def salted(copy: Copy, cprs: Collection[str], table: str) -> set[str]:
    """Numbers of which a value made with another value of the same row stands in that row."""
    found = set()
    for row in copy.rows.get(table, []):
        heads = Heads(row)
        for salt in row:
            for cpr in cprs:
                spelled = cpr.encode()
                made = (
                    hashlib.sha256(salt + spelled).digest(),
                    hashlib.sha256(spelled + salt).digest(),
                    hmac.digest(salt, spelled, "sha256"),
                    hmac.digest(salt, LOOKUP_DOMAIN + spelled, "sha256"),
                )
                if any(heads.hold(value) for value in made):
                    found.add(cpr)
    return found


def opened(sealed: Iterable[tuple[bytes, bytes]], keys: Iterable[bytes]) -> int:
    """How many texts (with what they are about) open with one of these keys."""
    texts, count = list(sealed), 0
    ciphers = [AESGCM(key) for key in keys if len(key) in KEY_SIZES]
    for text, about in texts:
        start = 2 + text[1]
        header, nonce, body = text[:start], text[start : start + 12], text[start + 12 :]
        for cipher in ciphers:
            try:
                cipher.decrypt(nonce, body, header + about)
            except InvalidTag:
                continue
            count += 1
            break
    return count
