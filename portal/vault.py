"""Keeps what must not lie open in the database: CPR numbers and names.

Each purpose has keys of its own, all outside of what they protect: one makes the look-up value of
a CPR number (the whole number space can be hashed in minutes, so an unkeyed hash would hide
nothing), another seals texts. No exception raised here holds what it was about.
"""

from __future__ import annotations

import hmac
import math
import os
import re
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.settings import Key

CPR = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})-?([0-9]{4})")
DAYS = {*range(1, 32), *range(61, 92)}  # replacement numbers have 60 added to the day
MONTHS = range(1, 13)

FORMAT = b"\x01"
NONCE_BYTES = 12
LOOKUP_DOMAIN = b"indblik cpr lookup v1\0"
NEWS_SECONDS = 1  # that a key which nobody knew was not asked for again
AGAIN_SECONDS = 5  # after the keys could not be read, and those of before were good enough
RECORD_DOMAIN = b"indblik record v1\0"


class Purpose(StrEnum):
    """What a key is for. No key is ever used for two things."""

    LOOKUP = "lookup"  # look-up values of CPR numbers
    DATA = "data"  # sealed texts
    FORM = "form"  # form tokens
    SESSION = "session"  # what a session is called in the store
    AUDIT = "audit"  # the chains of the access log


class UnknownKey(LookupError):  # noqa: N818 - named for what happened
    """No key of that name is at hand for that purpose."""


class KeysUnavailable(Exception):  # noqa: N818 - as above
    """The keys cannot be had. What is said is for the operator, and holds no secret."""


class CprError(ValueError):
    """What was given is not a CPR number."""


class SealError(Exception):
    """A sealed text cannot be opened: altered, moved, or sealed with another key."""


def normalised(cpr: str) -> str:
    """The ten digits of a CPR number.

    Modulus 11 is not asked for: numbers issued since 2007 may fail it. Raises CprError.
    """
    match = CPR.fullmatch(cpr.strip())
    if match is None:
        message = "a CPR number has ten digits, with or without a dash after the sixth"
        raise CprError(message)
    if int(match[1]) not in DAYS or int(match[2]) not in MONTHS:
        message = "the first four digits of a CPR number are a day and a month"
        raise CprError(message)
    return "".join(match.groups())


Ring = Mapping[Purpose, tuple[Key, ...]]  # of each purpose the current key first


def header_of(key_id: str) -> bytes:
    """What each text begins with that was sealed with the key of this name."""
    name = key_id.encode()
    return FORMAT + len(name).to_bytes(1, "big") + name


@lru_cache(maxsize=4)  # an import seals a million texts with one key
def _cipher(key: Key) -> tuple[bytes, AESGCM]:
    return header_of(key.id), AESGCM(key.secret)


def slot_of(key_id: str) -> int:
    """In which of two places the look-up values of a key stand: not where its successor's do."""
    return 1 - int(key_id) % 2 if key_id.isdecimal() else 0


class Vault:
    """Look-up values and sealed texts, by keys that are read again when what was read is too old.

    What is written with keys of yesterday could not be found or opened tomorrow: where they
    cannot be read, nothing is written.
    """

    def __init__(self, read: Callable[[], Ring], fresh: float) -> None:
        self._read, self._fresh = read, fresh  # the second in seconds
        self._held: Ring | None = None
        self._read_at = self._failed_at = -math.inf
        self._lock = Lock()

    def key(self, purpose: Purpose, key_id: str | None = None) -> Key:
        """The current key for this purpose, or the one of this name. Raises UnknownKey."""
        ring = self._ring(strict=False)
        if key_id is None:
            return ring[purpose][0]
        found = _named(ring, purpose, key_id) or _named(self._anew(), purpose, key_id)
        if found is None:
            raise UnknownKey(purpose)
        return found

    def known(self, purpose: Purpose) -> tuple[Key, ...]:
        """All keys for this purpose, the current one first."""
        return self._ring(strict=False)[purpose]

    def lookup(self, cpr: str) -> bytes:
        """The 32 bytes that one person's CPR number gives by the current key. Raises CprError."""
        return self.lookups(cpr)[0]

    def lookups(self, cpr: str) -> tuple[bytes, ...]:
        """The look-up values of a CPR number by each key, the current first. Raises CprError."""
        return tuple(value for _, value in self.placed_lookups(cpr))

    def placed_lookups(self, cpr: str) -> tuple[tuple[int, bytes], ...]:
        """The same, each with the place that it stands in. Raises CprError."""
        message = LOOKUP_DOMAIN + normalised(cpr).encode()
        known = self._ring(strict=True)[Purpose.LOOKUP]
        return tuple((slot_of(key.id), hmac.digest(key.secret, message, "sha256")) for key in known)

    def fingerprint(self, record: bytes) -> bytes:
        """32 bytes that the same record gives. Keyed: a record may hold a CPR number."""
        key = self._ring(strict=True)[Purpose.LOOKUP][0]
        return hmac.digest(key.secret, RECORD_DOMAIN + record, "sha256")

    def seal(self, text: str, about: str) -> bytes:
        """The text, encrypted, and tied to what it is about: it opens nowhere else."""
        key = self._ring(strict=True)[Purpose.DATA][0]
        (header, cipher), nonce = _cipher(key), os.urandom(NONCE_BYTES)
        sealed = cipher.encrypt(nonce, text.encode(), header + about.encode())
        return header + nonce + sealed

    def open(self, sealed: bytes, about: str) -> str:
        """The text that was sealed about this. Raises SealError."""
        start = len(FORMAT) + 1 + (sealed[1] if len(sealed) > 1 else 0)
        header, body = sealed[:start], sealed[start + NONCE_BYTES :]
        key = self._key_of(header)
        nonce = sealed[start : start + NONCE_BYTES]
        try:
            return _cipher(key)[1].decrypt(nonce, body, header + about.encode()).decode()
        except (InvalidTag, ValueError):
            message = "altered, or sealed about something else"
            raise SealError(message) from None

    def _key_of(self, header: bytes) -> Key:
        try:
            if header.startswith(FORMAT):
                return self.key(Purpose.DATA, header[len(FORMAT) + 1 :].decode())
        except (UnknownKey, UnicodeDecodeError):
            pass
        message = "sealed with a key that is not at hand, or not sealed here"
        raise SealError(message)

    def _ring(self, *, strict: bool) -> Ring:
        """The keys. `strict`: they must be those of now, or nothing is done (KeysUnavailable)."""
        now = time.monotonic()
        held = self._held
        if held is not None and now - self._read_at < self._fresh:
            return held
        if held is not None and not strict and now - self._failed_at < AGAIN_SECONDS:
            return held
        return self._renewed(now, held if not strict else None)

    def _anew(self) -> Ring:
        """The keys, read anew: a name turned up that is not known."""
        now, held = time.monotonic(), self._held
        # A key is known to all for longer than this before it is used: nobody makes us read with
        # each request by naming keys that there are not.
        if held is not None and now - self._read_at < min(NEWS_SECONDS, self._fresh):
            return held
        return self._renewed(now, held)

    def _renewed(self, wanted: float, otherwise: Ring | None) -> Ring:
        """The keys as they are now, or else those. Raises KeysUnavailable."""
        with self._lock:
            if self._held is not None and self._read_at >= wanted:  # another thread was quicker
                return self._held
            if otherwise is not None and self._failed_at >= wanted:  # or found that it cannot be
                return otherwise
            began = time.monotonic()
            try:
                self._held = self._read()
            except KeysUnavailable:
                self._failed_at = began
                if otherwise is None:
                    raise
                return otherwise
            self._read_at = began
            return self._held


def _named(ring: Ring, purpose: Purpose, key_id: str) -> Key | None:
    return next((key for key in ring[purpose] if key.id == key_id), None)
