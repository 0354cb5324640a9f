"""Vaults whose keys do not change, for rooms that are tested without the table of keys."""

from __future__ import annotations

import math
import secrets
from typing import TYPE_CHECKING

from portal.settings import Key
from portal.vault import Purpose, Vault

if TYPE_CHECKING:
    from portal.vault import Ring

LOOKUP, DATA = Key("c", b"c" * 32), Key("d", b"d" * 32)


def vault_with(lookup: Key = LOOKUP, data: Key = DATA) -> Vault:
    """A vault with these two keys; its others follow from the second."""
    ring = {
        purpose: (Key(data.id, bytes(one ^ place for one in data.secret)),)
        for place, purpose in enumerate(Purpose, 1)
    } | {Purpose.LOOKUP: (lookup,), Purpose.DATA: (data,)}
    return Vault(lambda: ring, math.inf)


class Turning:
    """The keys of a portal, whose session keys can be added to."""

    def __init__(self, vault: Vault) -> None:
        self._ring = {purpose: vault.known(purpose) for purpose in Purpose}

    def __call__(self) -> Ring:
        """The keys as they are now."""
        return self._ring

    def rotate(self) -> None:
        """Put a new key before the others."""
        known = self._ring[Purpose.SESSION]
        fresh = Key(f"s{len(known)}", secrets.token_bytes(32))
        self._ring = {**self._ring, Purpose.SESSION: (fresh, *known)}
