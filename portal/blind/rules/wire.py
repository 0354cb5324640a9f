"""How tokens and signatures are written in forms and answers: base64url without padding."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from portal.blind.words import WrongMessage

MOST_CHARACTERS = 1024  # a number of 4096 bits has 683


def written(block: bytes) -> str:
    return urlsafe_b64encode(block).rstrip(b"=").decode()


def read(text: str) -> bytes:
    """The bytes that were written so. Raises WrongMessage."""
    if len(text) > MOST_CHARACTERS:
        raise WrongMessage
    try:
        return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise WrongMessage from None
