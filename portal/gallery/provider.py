"""A provider of sign-in that nobody asks: it answers as the state wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from portal.gallery.wish import wish
from portal.gallery.words import HERE, Fault
from portal.identity.words import Loa, RefusalKind, SignInRefused
from portal.pages.oidc.answers import Start
from portal.pages.oidc.provider import Provider
from portal.pages.oidc.wire import ProviderDown

if TYPE_CHECKING:
    from portal.identity.words import Expected

NOWHERE = f"{HERE}/intet"  # leads on to nothing: the page that leads there stays
REFUSED = {
    Fault.LOW_ASSURANCE: RefusalKind.ERROR,
    Fault.OTHER_PERSON: RefusalKind.ERROR,
    Fault.NO_ROLE: RefusalKind.ERROR,
}


class Played(Provider):
    """Knows what the true one knows of its client, and talks to nobody."""

    def start(self, redirect_uri: str, view: str, level: Loa = Loa.SUBSTANTIAL) -> Start:
        """Begin a sign-in that leads nowhere. Raises ProviderDown where that is wanted."""
        del redirect_uri, view, level
        if wish().fault is Fault.PROVIDER_DOWN:
            raise ProviderDown
        return Start(NOWHERE, "s", "n", "v")

    def finish(self, code: str, verifier: str, redirect_uri: str, expected: Expected) -> NoReturn:
        """Let nobody in. Raises ProviderDown, SignInRefused."""
        del code, verifier, redirect_uri, expected
        fault = wish().fault
        if fault in REFUSED:
            raise SignInRefused(REFUSED[fault], fault.value)
        raise ProviderDown
