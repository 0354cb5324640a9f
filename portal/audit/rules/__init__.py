"""How entries of the log hold each other in place.

Each entry carries a code over itself and the code of the entry before it, made with a key that the
database does not hold. Who can write to the database, and has no key, can make no entry that fits.
"""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

from portal.audit.words import Link

if TYPE_CHECKING:
    from uuid import UUID

    from portal.audit.words import Entry
    from portal.settings import Key

OPENING = b"indblik audit opening v1\0"
ENTRY = b"indblik audit entry v1\0"


def opening(key: Key, chain: UUID) -> Link:
    """What stands before the first entry of a chain. Nothing of it is stored."""
    mac = hmac.digest(key.secret, OPENING + chain.bytes, "sha256")
    return Link(chain, 0, key.id, mac)


def following(key: Key, before: Link, entry: Entry) -> Link:
    """The place of the entry after the one before it."""
    number = before.number + 1
    message = ENTRY + before.mac + _said(before.chain, number, key.id, entry)
    return Link(before.chain, number, key.id, hmac.digest(key.secret, message, "sha256"))


def _said(chain: UUID, number: int, key_id: str, entry: Entry) -> bytes:
    """All that is stored of an entry, in one spelling; no two entries share it."""
    told = (
        chain.hex,
        number,
        key_id,
        entry.at.isoformat(timespec="microseconds"),
        entry.act,
        entry.actor,
        entry.account.hex if entry.account else None,
        entry.role,
        entry.case.hex if entry.case else None,
        entry.page,
        entry.why,
    )
    return json.dumps(told, separators=(",", ":")).encode()
