"""Keeps what must not lie open in the database: CPR numbers and names.

Two keys, both outside the database and its backups: one makes the look-up value of a CPR number
(the whole number space can be hashed in minutes, so an unkeyed hash would hide nothing), the
other seals texts. No exception raised here holds what it was about.
"""

from __future__ import annotations

import hmac
import os
import re
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.settings import KEY_BYTES, Key

CPR = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})-?([0-9]{4})")
DAYS = {*range(1, 32), *range(61, 92)}  # replacement numbers have 60 added to the day
MONTHS = range(1, 13)

FORMAT = b"\x01"
NONCE_BYTES = 12
LOOKUP_DOMAIN = b"indblik cpr lookup v1\0"
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


def _derived(key: Key, purpose: Purpose) -> Key:
    made = HKDF(hashes.SHA256(), KEY_BYTES, None, f"indblik {purpose} v1".encode())
    return Key(key.id, made.derive(key.secret))


class Vault:
    """Look-up values and sealed texts, made with the keys given."""

    def __init__(self, cpr_key: Key, data_key: Key) -> None:
        self._cpr_key = cpr_key
        self._data_key = data_key
        self._cipher = AESGCM(data_key.secret)
        # Format, length of the key's name and the name: what a rotation must read first.
        name = data_key.id.encode()
        self._header = FORMAT + len(name).to_bytes(1, "big") + name
        self._keys = {Purpose.LOOKUP: (cpr_key,), Purpose.DATA: (data_key,)}
        for purpose in (Purpose.FORM, Purpose.SESSION, Purpose.AUDIT):
            self._keys[purpose] = (_derived(data_key, purpose),)

    def key(self, purpose: Purpose, key_id: str | None = None) -> Key:
        """The current key for this purpose, or the one of this name. Raises UnknownKey."""
        for key in self.known(purpose):
            if key_id in {None, key.id}:
                return key
        raise UnknownKey(purpose)

    def known(self, purpose: Purpose) -> tuple[Key, ...]:
        """All keys for this purpose, the current one first."""
        return self._keys[purpose]

    def lookups(self, cpr: str) -> tuple[bytes, ...]:
        """The look-up values of a CPR number by each key, the current first. Raises CprError."""
        message = LOOKUP_DOMAIN + normalised(cpr).encode()
        known = self.known(Purpose.LOOKUP)
        return tuple(hmac.digest(key.secret, message, "sha256") for key in known)

    def lookup(self, cpr: str) -> bytes:
        """The 32 bytes that one person's CPR number always gives. Raises CprError."""
        message = LOOKUP_DOMAIN + normalised(cpr).encode()
        return hmac.digest(self._cpr_key.secret, message, "sha256")

    def fingerprint(self, record: bytes) -> bytes:
        """32 bytes that the same record always gives. Keyed: a record may hold a CPR number."""
        return hmac.digest(self._cpr_key.secret, RECORD_DOMAIN + record, "sha256")

    def seal(self, text: str, about: str) -> bytes:
        """The text, encrypted, and tied to what it is about: it opens nowhere else."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, text.encode(), self._header + about.encode())
        return self._header + nonce + sealed

    def open(self, sealed: bytes, about: str) -> str:
        """The text that was sealed about this. Raises SealError."""
        if not sealed.startswith(self._header):
            message = "sealed with a key that is not at hand, or not sealed here"
            raise SealError(message)
        start = len(self._header)
        nonce, body = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, self._header + about.encode()).decode()
        except (InvalidTag, ValueError):
            message = "altered, or sealed about something else"
            raise SealError(message) from None
