"""What a session is called: by its cookie, and in the store.

The store's name is made from the cookie with a key: who reads the store finds no cookie that opens
a session.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from typing import TYPE_CHECKING

from portal.vault import Purpose, UnknownKey

if TYPE_CHECKING:
    from portal.vault import Vault

ID_BYTES = 32
LONGEST_ID = 500


def new_id(vault: Vault) -> str:
    """What a cookie is to hold: the name of the key, and a random word."""
    name = vault.key(Purpose.SESSION).id.encode()
    return (
        f"{base64.urlsafe_b64encode(name).decode().rstrip('=')}.{secrets.token_urlsafe(ID_BYTES)}"
    )


def store_key(vault: Vault, session_id: str) -> str | None:
    """What the store calls the session of a cookie; None where it cannot be one of ours.

    The cookie names the key, so that sessions outlive a change of keys and no page asks twice.
    """
    named, dot, word = session_id.partition(".")
    if not (dot and named and word) or len(session_id) > LONGEST_ID or not session_id.isascii():
        return None
    try:
        name = base64.urlsafe_b64decode(named + "=" * (-len(named) % 4)).decode()
        key = vault.key(Purpose.SESSION, name)
    except (binascii.Error, UnicodeDecodeError, UnknownKey):
        return None
    return hmac.new(key.secret, session_id.encode(), "sha256").hexdigest()
