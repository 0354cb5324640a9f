"""What a provider says of itself and its keys, believed for a while."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from portal.pages.oidc.wire import ProviderWrong

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.pages.oidc.wire import Line

CACHE_SECONDS = 600.0  # how long a description and keys are believed
# Between two looks for a key that nobody knows: tokens that anybody can send name such keys.
LOOK_SECONDS = 30.0


class Memory:
    """Documents by address, each with the time until which it is believed."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}
        self._looked: dict[str, float] = {}
        self._looking = threading.Lock()

    def document(
        self, line: Line, address: str, check: Callable[[dict[str, Any]], None]
    ) -> dict[str, Any]:
        """The document, fetched where it is not believed any more. Raises as `check` and Line."""
        until, document = self._kept.get(address, (0.0, {}))
        return document if time.monotonic() < until else self._fetched(line, address, check)

    def newer(
        self,
        line: Line,
        address: str,
        known: dict[str, Any],
        check: Callable[[dict[str, Any]], None],
    ) -> dict[str, Any]:
        """A newer document than the one known; the same where it was looked for just now.

        Of many that ask at once, one looks. What cannot be fetched leaves what is known.
        """
        with self._looking:
            newest = self._kept.get(address, (0.0, known))[1]
            soon = time.monotonic() - self._looked.get(address, -LOOK_SECONDS) < LOOK_SECONDS
            if newest is not known or soon:
                return newest
            self._looked[address] = time.monotonic()
            return self._fetched(line, address, check)

    def _fetched(
        self, line: Line, address: str, check: Callable[[dict[str, Any]], None]
    ) -> dict[str, Any]:
        document = line.document(address, withhold_token=True)
        check(document)
        self._kept[address] = (time.monotonic() + CACHE_SECONDS, document)
        return document


def check_keys(document: dict[str, Any]) -> None:
    """A set of keys is one. Raises ProviderWrong."""
    keys = document.get("keys")
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        message = "keys that are none"
        raise ProviderWrong(message)
