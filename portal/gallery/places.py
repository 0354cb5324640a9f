"""What stands in braces in a state's paths and fields: keys that the stage alone knows."""

from __future__ import annotations

import html
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from portal import clock
from portal.blind.rules.wire import written
from portal.cases.queries import cases_numbered
from portal.gallery.more import people
from portal.identity.actions import persons_with_cprs
from portal.kept_forms.actions import keep
from portal.kept_forms.words import Typed
from portal.participation.rules import SEED_BYTES
from portal.problems.queries import inbox
from portal.rights.queries import requests_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from portal.gallery.stage import Stage

PLACE = re.compile(r"\{([^{}]+)\}")
LONG = 201  # one more than a short field takes
TYPED = (("about", "person"), ("text", "Min adresse er forkert.\nJeg bor ikke i Aarhus længere."))


@dataclass(frozen=True, slots=True)
class Places:
    """What is looked up for one act. `user` is what a session calls whoever has signed in."""

    session: Session
    stage: Stage
    user: str
    page: str  # the one before
    link: str  # what was found on it
    lang: str  # of the view

    def filled(self, text: str) -> str:
        """The text with keys in its places. Raises LookupError where there is no such thing."""
        return PLACE.sub(lambda place: self._key(place[1]), text)

    def _key(self, name: str) -> str:
        kind, *more = name.split(":")
        known: dict[str, Callable[..., str]] = {
            "authorize": self._authorize,
            "hidden": self._hidden,
            "kept": self._kept,
            "lang": lambda: self.lang,
            "link": lambda: self.link,
            "long": lambda: "x" * LONG,
            "problem": self._problem,
            "request": self._request,
            "seed": lambda: written(secrets.token_bytes(SEED_BYTES)),
        }
        return known[kind](*more) if kind in known else self._case(name)

    def _authorize(self, audience: str) -> str:
        """What the portal asks of the simulator."""
        own = self.stage.settings
        client = own.staff if audience == "staff" else own.citizen
        back = "/medarbejder/retur" if audience == "staff" else "/log-ind/retur"
        asked = {
            "client_id": client.client_id,
            "redirect_uri": own.public_url + back,
            "response_type": "code",
            "scope": "openid",
            "code_challenge_method": "S256",
            "ui_locales": self.lang,
        }
        return urlencode(asked | dict.fromkeys(("state", "nonce", "code_challenge"), "x"))

    def _hidden(self, name: str) -> str:
        found = re.search(f'name="{name}" value="([^"]*)"', self.page)
        if found is None:
            raise LookupError(name)
        return html.unescape(found[1])

    def _problem(self, place: str) -> str:
        reports = [
            *inbox(self.session, self.stage.vault, waiting=True)[:1],
            *inbox(self.session, self.stage.vault, waiting=False),
        ]
        return str(reports[int(place)].id)

    def _case(self, number: str) -> str:
        found = cases_numbered(self.session, number)
        if not found:
            raise KeyError(number)
        return str(found[0])

    def _kept(self) -> str:
        """A form of whoever has signed in, as it was typed when a session ended."""
        page = "/dine-oplysninger/ret"
        now = clock.now()
        return str(keep(self.session, self.stage.vault, self.user, Typed(page, page, TYPED), now))

    def _request(self, who: str, place: str) -> str:
        one = people()[who]
        names: dict[str, str | None] = {one.cpr: one.name}
        person = persons_with_cprs(self.session, self.stage.vault, names, clock.now())[one.cpr]
        return str(requests_of(self.session, self.stage.vault, person)[int(place)].id)
