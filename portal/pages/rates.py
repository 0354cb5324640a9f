"""How often people may come: asked before a request does any work, told on a page of its own.

Machines with tokens are counted in portal/api/guard.py, by the same counts.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import current_app, g, make_response, request, session

from portal.pages.access import ACCESS, Who
from portal.pages.oidc import pending
from portal.pages.shell import error_page
from portal.rates.words import By, TooMany, Whose
from portal.request import SAFE

if TYPE_CHECKING:
    from flask import Flask, Response

    from portal.rates.counting import Rates

LOG = logging.getLogger("indblik.rates")
USER = "_user_id"
PAGES, FORMS, MACHINES, REFUSED = "pages", "forms", "machines", "refused"
NO_PAGES = {"health", "outside"}  # asked by programs, and counted by themselves
GALLERY = "gallery"  # there only where everybody is invented; programs look at all of it
RETURNS = "returns"
ENTRANCES = {"sign_in", RETURNS}  # by address also for those who are signed in already
REFUSALS = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who comes to which door."""

    door: str
    person: str  # empty for nobody
    address: str | None

    @property
    def whose(self) -> Whose:
        """Who is signed in is not held to account for what others behind the address do."""
        known = self.person and self.door not in ENTRANCES
        return Whose(self.person, None if known else self.address or "")


def init_rates(app: Flask, rates: Rates, proxies: int) -> None:
    """Count every visit to the app but those of machines with tokens."""
    app.extensions["rates"] = rates
    app.extensions["rates_proxies"] = proxies
    app.before_request(_count)
    app.after_request(_count_refusal)
    app.register_error_handler(TooMany, _too_many)


def _rates() -> Rates:
    return cast("Rates", current_app.extensions["rates"])


def _count() -> None:
    """Raises TooMany."""
    if request.blueprint == GALLERY:
        return
    rules = _rates().rules
    door = rules.door_of(request.endpoint) or (PAGES if request.method in SAFE else FORMS)
    if door == MACHINES:
        return
    _warn_of_proxies()
    person = str(session[USER]) if USER in session else ""
    g.visit = visit = Visit(door, person, request.remote_addr)
    limits = rules.of(door) if door in NO_PAGES else rules.of(PAGES, door)
    watched = rules.of(REFUSED) if _may_be_guessing(visit) else ()
    _rates().take(
        _rates().counts(limits, visit.whose),
        _rates().counts((one for one in watched if not one.told_only), visit.whose),
    )


def _may_be_guessing(visit: Visit) -> bool:
    """Whether who was refused too often must wait here.

    A person's list of cases is always open, and so are open pages and a sign-in that has begun.
    """
    if request.endpoint is None:
        return True
    if visit.door == RETURNS:
        return pending.KEY not in session
    if visit.person:
        return bool(request.view_args)
    return ACCESS.get(request.endpoint) is not Who.ANYONE


def _count_refusal(response: Response) -> Response:
    """Count what was refused: numbers that were guessed, forged returns, forms without token."""
    visit = cast("Visit | None", g.get("visit"))
    if visit is None or visit.door in NO_PAGES or not _refused(response, visit):
        return response
    limits = _rates().rules.of(REFUSED)
    by = By.PERSON if visit.person else By.ADDRESS
    counts = _rates().counts((one for one in limits if one.by is by), visit.whose)
    with suppress(TooMany):  # this one has been answered; the next one waits
        _rates().take(counts)
    return response


def _refused(response: Response, visit: Visit) -> bool:
    if response.status_code in REFUSALS:
        return True
    closed = ACCESS.get(request.endpoint or "") is not Who.ANYONE
    return closed and not visit.person and response.status_code == HTTPStatus.SEE_OTHER


def _too_many(error: TooMany) -> Response:
    """Tell to wait. Nobody is looked up for it: this page must cost little."""
    g.bare = True
    kind = "too_many" if request.method in SAFE else "too_many_sent"
    response = make_response(error_page(HTTPStatus.TOO_MANY_REQUESTS, kind))
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _warn_of_proxies() -> None:
    """Say once where all readers would count as one address, or may choose their own."""
    proxies = cast("int", current_app.extensions["rates_proxies"])
    told = request.headers.get("X-Forwarded-For")
    fits = told is None or 0 < proxies <= len(told.split(","))
    if not fits and not current_app.extensions.setdefault("rates_warned", False):
        current_app.extensions["rates_warned"] = True
        LOG.error("INDBLIK_TRUSTED_PROXIES does not fit: all readers may count as one address")
