"""Heads of chains, signed, for a place outside the database.

Signed, not coded: who is given the public key can check them, and can make none.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from portal.audit.words import Anchor, Link, Occasion

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from portal.settings import Key

SEED_BYTES = 32
FILES = "anchors-*.jsonl"  # one for each day of chains
DOMAIN = b"indblik audit anchor v1\0"


def file_of(day: date) -> str:
    """What the file with the anchors of a day's chains is called; later days sort after it."""
    return FILES.replace("*", day.isoformat())


@lru_cache(maxsize=16)
def _signing(secret: bytes) -> Ed25519PrivateKey:
    seed = HKDF(hashes.SHA256(), SEED_BYTES, None, b"indblik audit anchors v1").derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)


def public(key: Key) -> str:
    """The public half of the key that signs anchors, in base64."""
    raw = _signing(key.secret).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return b64encode(raw).decode()


def told(anchor: Anchor) -> dict[str, Any]:
    """What an anchor says, as plain values."""
    return {
        "at": anchor.at.isoformat(timespec="seconds"),
        "day": anchor.day.isoformat(),
        "chain": anchor.link.chain.hex,
        "number": anchor.link.number,
        "mac": anchor.link.mac.hex(),
        "key": anchor.link.key,
        "why": str(anchor.why),
    }


def line_of(key: Key, anchor: Anchor) -> str:
    """The anchor as one line, with its signature."""
    said = told(anchor)
    signature = _signing(key.secret).sign(_message(said))
    return json.dumps(said | {"signature": b64encode(signature).decode()}, sort_keys=True)


def _message(said: dict[str, Any]) -> bytes:
    return DOMAIN + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def key_named(line: str) -> str | None:
    """Which key a line says it was signed with."""
    try:
        name = json.loads(line)["key"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return name if isinstance(name, str) else None


def anchor_in(line: str, key: Key) -> Anchor | None:
    """What a line says; None where it was not signed with this key."""
    public_key: Ed25519PublicKey = _signing(key.secret).public_key()
    try:
        said = json.loads(line)
        signature = b64decode(said.pop("signature"), validate=True)
        public_key.verify(signature, _message(said))
        link = Link(UUID(said["chain"]), said["number"], said["key"], bytes.fromhex(said["mac"]))
        at, day = datetime.fromisoformat(said["at"]), date.fromisoformat(said["day"])
        return Anchor(at, day, link, Occasion(said["why"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidSignature):
        return None
