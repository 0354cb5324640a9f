"""What was typed when a session ended: kept for its account, and put back into its page.

Each form token also says whose page it stands on, and which. So a form that comes too late, when no
session says any more who sent it, is kept for that account and no other, and whoever signs in as
that account finds it where it was typed. Nothing is ever carried out for it: it is sent again by
hand.
"""

from __future__ import annotations

import base64
import hmac
import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from flask import current_app, g, render_template, request, url_for
from flask_login import current_user
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

from portal import clock
from portal.kept_forms.actions import keep, let_go
from portal.kept_forms.queries import kept_form, newest_of
from portal.kept_forms.words import TooMuch, Typed
from portal.pages.entrances import page_wanted
from portal.pages.filling import filled
from portal.request import SAFE, db, writing
from portal.vault import Purpose, SealError, UnknownKey

if TYPE_CHECKING:
    from flask import Flask, Response

    from portal.kept_forms.words import Kept
    from portal.settings import Key
    from portal.vault import Vault

LOG = logging.getLogger("indblik.kept")
DOMAIN = b"indblik kept form v1\0"
FIELD = "bevaret"  # the parameter, and the field, that names a kept form
TOKEN = "csrf_token"  # noqa: S105 - the field's name
APART = "~"
HOMES = {"citizen": "citizen.cases", "staff": "staff.home"}
AUDIENCES = tuple(HOMES)
# A page may lie open so long before its form is sent.
TOKEN_LASTS = timedelta(days=2)
OWN_FIELDS = {TOKEN, FIELD}


class Named(NamedTuple):
    """What a form token says: whose page the form stands on, and which."""

    account: str
    page: str


class FormTokens(CSRFProtect):  # type: ignore[misc]  # Flask-WTF has no types
    """Form tokens whose second half names account and page; the first half is what is checked."""

    def init_app(self, app: Flask) -> None:
        """Protect the app, and let its templates write both halves."""
        super().init_app(app)
        words = {
            "csrf_token": form_token,
            "button_token": generate_csrf,  # where nothing is typed, nothing can be lost
            "has_forms": lambda: "form_named" in g,
        }
        app.jinja_env.globals.update(words)
        app.context_processor(lambda: words)  # Flask-WTF puts its own into both

    def _get_csrf_token(self) -> str | None:
        token: str | None = super()._get_csrf_token()
        return token.partition(APART)[0] if token else token


def form_token() -> str:
    """The token of a form in which something is typed."""
    token = cast("str", generate_csrf())
    if not current_user.is_authenticated:
        return token
    if "form_named" not in g:
        g.form_named = _written(Named(current_user.get_id(), _this_page()))
    return f"{token}{APART}{g.form_named}"


def _this_page() -> str:
    """Where the form stands: of one that was sent back to be mended, where it was sent from."""
    if request.method in SAFE:
        return request.full_path.rstrip("?")
    named = _named()
    return named.page if named else request.path


def _written(named: Named) -> str:
    key = _vault().key(Purpose.FORM)
    told = json.dumps([*named, int(clock.now().timestamp()), key.id], separators=(",", ":"))
    body = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
    return f"{body}.{_mac(key, body)}"


def _mac(key: Key, body: str) -> str:
    whole = hmac.digest(key.secret, DOMAIN + body.encode(), "sha256")
    return base64.urlsafe_b64encode(whole).decode().rstrip("=")


def _named() -> Named | None:
    """What the token of the form that was sent says, if it is one of ours and not too old."""
    body, _, mac = request.form.get(TOKEN, "").partition(APART)[2].partition(".")
    try:
        account, page, at, key_id = json.loads(
            base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        )
        right = hmac.compare_digest(_mac(_vault().key(Purpose.FORM, key_id), body), mac)
    except (ValueError, TypeError, UnknownKey):  # also what cannot be read as text or JSON
        return None
    fresh = clock.now().timestamp() - at < TOKEN_LASTS.total_seconds()
    return Named(account, page) if right and fresh else None


def _vault() -> Vault:
    return cast("Vault", current_app.extensions["vault"])


# --- Keeping.


def keep_form() -> str | None:
    """Keep the form that was sent, for whom its token names; the page that it belongs to.

    None where it is not kept: it names nobody, or there is too much of it.
    """
    named = _named() if request.method == "POST" else None
    audience = (request.endpoint or "").partition(".")[0]
    if named is None or audience not in AUDIENCES:
        return None
    fields = ((name, value) for name, value in request.form.items(multi=True))
    typed = Typed(
        page_wanted(_without(named.page), audience) or url_for(HOMES[audience]),
        request.path,
        tuple((name, value) for name, value in fields if name not in OWN_FIELDS),
    )
    try:
        with writing() as session:
            keep(session, _vault(), named.account, typed, clock.now())
    except TooMuch:
        LOG.warning("a form was not kept: too much of it", extra={"endpoint": request.endpoint})
        return None
    g.kept_for = named.account
    return typed.page


def _without(page: str) -> str:
    """The page, without the name of what was put into it before."""
    split = urlsplit(page)
    query = [(name, value) for name, values in parse_qs(split.query).items()
             for value in values if name != FIELD]  # fmt: skip
    return f"{split.path}?{urlencode(query)}" if query else split.path


# --- Giving back.


def way_back() -> str | None:
    """Where whoever has signed in finds what was just kept. None where it is another's."""
    account = current_user.get_id() if current_user.is_authenticated else None
    if account is None or g.get("kept_for") != account:
        return None
    db().rollback()  # to see what has been kept since the account was read
    return page_of(account)


def page_of(account: str) -> str | None:
    """The page that shows what an account had typed last, if anything is kept for it."""
    try:
        found = newest_of(db(), _vault(), account, clock.now())
    except SealError:
        LOG.error("a kept form cannot be opened")  # noqa: TRY400 - a trace tells no more, and more than it should
        return None
    return _address(found) if found else None


def _address(found: Kept) -> str:
    joined = "&" if "?" in found.typed.page else "?"
    return f"{found.typed.page}{joined}{FIELD}={found.id}"


def dropped(which: UUID) -> str | None:
    """Delete a kept form of whoever has signed in; the page that it belonged to."""
    account = current_user.get_id()
    found = _found(which)
    db().rollback()
    let_go(db(), account, which)
    return found.typed.page if found else None


def _found(which: UUID) -> Kept | None:
    try:
        return kept_form(db(), _vault(), current_user.get_id(), which, clock.now())
    except SealError:
        LOG.error("a kept form cannot be opened")  # noqa: TRY400 - a trace tells no more, and more than it should
        return None


def _asked(page: str) -> UUID | None:
    try:
        return UUID(parse_qs(urlsplit(page).query).get(FIELD, [""])[0])
    except ValueError:
        return None


def init_kept(app: Flask) -> FormTokens:
    """Protect the app's forms, and put what was kept back into the pages asked for with it."""
    app.after_request(_give_back)
    return FormTokens(app)


def _give_back(response: Response) -> Response:
    """Fill in a page that was asked for with a kept form; let go of one that has been sent."""
    if (request.endpoint or "").partition(".")[0] not in AUDIENCES or g.get("bare"):
        return response
    if request.method == "POST":
        return _let_go_of_what_was_sent(response)
    which = _asked(request.full_path) if FIELD in request.args else None
    if which is None or response.mimetype != "text/html" or not current_user.is_authenticated:
        return response
    found = _found(which)
    if found is not None:
        page, done = filled(response.get_data(as_text=True), found.typed)
        written = [value for _, value in found.typed.fields if value.strip()]
        notice = render_template("components/kept.html", kept=found, done=done, written=written)
        response.set_data(page.replace("</h1>", f"</h1>{notice}", 1))
    return response


def _let_go_of_what_was_sent(response: Response) -> Response:
    if response.status_code >= 400 or "kept_for" in g:  # noqa: PLR2004 - the status classes of HTTP
        return response
    named = _named() if request.form else None
    which = _asked(named.page) if named else None
    if which and named:
        let_go(db(), named.account, which)
    return response
