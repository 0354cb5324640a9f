"""What stands in braces in a state's paths and fields: keys that the stage alone knows."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal import clock
from portal.blind.rules.wire import written
from portal.cases.queries import cases_numbered
from portal.gallery.more import people
from portal.identity.actions import persons_with_cprs
from portal.kept_forms.actions import keep
from portal.kept_forms.words import Typed
from portal.participation.rules import SEED_BYTES
from portal.rights.queries import requests_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from portal.vault import Vault

PLACE = re.compile(r"\{([^{}]+)\}")
TYPED = (("about", "person"), ("text", "Min adresse er forkert.\nJeg bor ikke i Aarhus længere."))


@dataclass(frozen=True, slots=True)
class Places:
    """What is looked up for one act. `user` is what a session calls whoever has signed in."""

    session: Session
    vault: Vault
    user: str

    def filled(self, text: str) -> str:
        """The text with keys in its places. Raises KeyError where the stage has no such thing."""
        return PLACE.sub(lambda place: self._key(place[1]), text)

    def _key(self, name: str) -> str:
        kind, *more = name.split(":")
        known: dict[str, Callable[..., str]] = {
            "kept": self._kept,
            "request": self._request,
            "seed": lambda: written(secrets.token_bytes(SEED_BYTES)),
        }
        return known[kind](*more) if kind in known else self._case(name)

    def _case(self, number: str) -> str:
        found = cases_numbered(self.session, number)
        if not found:
            raise KeyError(number)
        return str(found[0])

    def _kept(self) -> str:
        """A form of whoever has signed in, as it was typed when a session ended."""
        page = "/dine-oplysninger/ret"
        now = clock.now()
        return str(keep(self.session, self.vault, self.user, Typed(page, page, TYPED), now))

    def _request(self, who: str, place: str) -> str:
        one = people()[who]
        names: dict[str, str | None] = {one.cpr: one.name}
        person = persons_with_cprs(self.session, self.vault, names, clock.now())[one.cpr]
        return str(requests_of(self.session, self.vault, person)[int(place)].id)
