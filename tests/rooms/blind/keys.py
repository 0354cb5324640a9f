"""Keys that are made once: making one takes longer than all that is done with it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from portal.blind.rules import new_key

if TYPE_CHECKING:
    from portal.blind.words import PrivateKey


@cache
def key(number: int = 0) -> PrivateKey:
    """The same short key for the same number."""
    del number
    return new_key(2048)
