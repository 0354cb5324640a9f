"""The two doors by which people sign in: for citizens and for staff, each with its provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import current_app, render_template, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from portal import clock
from portal.identity.words import CitizenUser, StaffUser
from portal.pages.accounts import init_accounts
from portal.pages.oidc.provider import Provider
from portal.pages.session_words import init_session_words
from portal.pages.sessions import enforce_limits, init_sessions
from portal.settings import SettingsError

if TYPE_CHECKING:
    from flask import Flask

    from portal.settings import Client, Settings
    from portal.vault import Vault

CITIZEN, STAFF = "citizen", "staff"
LOGOUT = "logout"  # in the session: how to sign out at the provider
LONGEST_PATH = 500


@dataclass(frozen=True, slots=True)
class Entrance:
    """One of the two doors."""

    audience: str
    user: type[CitizenUser | StaffUser]
    start: str  # endpoints
    back: str


ENTRANCES = {
    CITIZEN: Entrance(CITIZEN, CitizenUser, "public.sign_in", "public.sign_in_return"),
    STAFF: Entrance(STAFF, StaffUser, "public.staff_sign_in", "public.staff_sign_in_return"),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """What signing in needs of the app."""

    providers: dict[str, Provider]
    vault: Vault
    public_url: str

    def address(self, endpoint: str) -> str:
        """Our own full address, as registered with the provider; the request has no say in it."""
        return self.public_url + url_for(endpoint)


def init_sign_in(app: Flask, settings: Settings, vault: Vault) -> None:
    """Let people sign in to the app. Raises SettingsError."""
    clients = {CITIZEN: settings.citizen, STAFF: settings.staff}
    providers = {audience: _provider(audience, client) for audience, client in clients.items()}
    app.extensions["sign_in"] = SignIn(providers, vault, settings.public_url)
    init_sessions(app, settings)
    init_session_words(app)
    app.before_request(_end_what_lasts_too_long)
    init_accounts(app, vault)


def _provider(audience: str, client: Client) -> Provider:
    try:
        return Provider(client)
    except SettingsError as error:
        message = f"INDBLIK_{audience.upper()}_{error}"
        raise SettingsError(message) from None


def _end_what_lasts_too_long() -> None:
    enforce_limits(clock.now())


def parts() -> SignIn:
    return cast("SignIn", current_app.extensions["sign_in"])


def page_wanted(wanted: str, audience: str) -> str:
    """The wanted path if it leads to a page for those who enter here, else nothing."""
    path = same_site_path(wanted)
    try:
        endpoint, _ = current_app.url_map.bind("").match(urlsplit(path).path, method="GET")
    except (HTTPException, RoutingException):
        return ""
    return path if str(endpoint).startswith(f"{audience}.") else ""


def same_site_path(wanted: str) -> str:
    """The wanted path if it leads to this site, else nothing."""
    plain = wanted.isprintable() and "\\" not in wanted and len(wanted) <= LONGEST_PATH
    if not plain or not wanted.startswith("/") or wanted.startswith("//"):
        return ""
    split = urlsplit(wanted)
    return "" if split.scheme or split.netloc else wanted


def onward_page(address: str, way: str) -> str:
    """Send the browser to the provider by a page, not by a redirect.

    Browsers hold all redirects that follow a form against the policy for forms, and a provider
    may redirect to others that nobody here knows.
    """
    return render_template("public/sign_in_onward.html", address=address, way=way)
