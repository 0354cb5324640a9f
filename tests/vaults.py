"""Vaults whose keys do not change, for rooms that are tested without the table of keys."""

from __future__ import annotations

import math

from portal.settings import Key
from portal.vault import Purpose, Vault

LOOKUP, DATA = Key("c", b"c" * 32), Key("d", b"d" * 32)


def vault_with(lookup: Key = LOOKUP, data: Key = DATA) -> Vault:
    """A vault with these two keys; its others follow from the second."""
    ring = {
        purpose: (Key(data.id, bytes(one ^ place for one in data.secret)),)
        for place, purpose in enumerate(Purpose, 1)
    } | {Purpose.LOOKUP: (lookup,), Purpose.DATA: (data,)}
    return Vault(lambda: ring, math.inf)
