"""What surrounds every page: the view, the headers, the words of the template, the error pages."""

from __future__ import annotations

import json
import re
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from flask import current_app, g, render_template, request, url_for
from flask.globals import request_ctx
from flask_login import current_user
from jinja2.ext import Extension
from markupsafe import Markup

from portal import i18n
from portal.explanations.words import Audience, Passage
from portal.headers import fixed_headers
from portal.i18n import DEFAULT, STAFF_VIEWS, VIEWS, View
from portal.pages.prose import Speaker
from portal.request import SAFE

INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from flask import Flask, Response

    from portal.explanations.words import Texts
    from portal.i18n import Catalog
    from portal.settings import Settings

VIEW = "visning"  # the parameter that holds the chosen view, and the cookie on plain HTTP
PAGES = {"public", "citizen", "staff"}  # the blueprints whose addresses may name a view
OF_STAFF = {"staff", "gallery"}  # blueprints whose own words are those of staff pages
SELF = "'self'"
YEAR_SECONDS = 365 * 24 * 60 * 60


def init_shell(app: Flask, settings: Settings, texts: Texts) -> None:
    """Put the shell around every page of the app."""
    app.extensions.update(texts=texts, phone=settings.phone)
    app.extensions["fixed_headers"] = fixed_headers(secure=settings.secure)
    app.extensions["catalogs"] = i18n.catalogs(app.extensions["translations"])
    app.before_request(_choose_view)
    app.after_request(_dress)
    _init_templates(app, settings)


# --- The view.


def _choose_view() -> None:
    if "view" in g:
        return
    asked = request.args.get(VIEW, "")
    kept = request.cookies.get(view_cookie(), "")
    chosen = VIEWS.get(asked) or VIEWS.get(kept) or _preferred()
    g.view = offered().get(chosen.key, STAFF_VIEWS["en"])
    g.keep_view = asked if asked in VIEWS and asked != kept else None


def offered() -> dict[str, View]:
    """The views that this page is there in; one of staff asked for in another is shown in English.

    The choice is kept all the same: it holds on every other page.
    """
    return STAFF_VIEWS if request.blueprint in OF_STAFF else VIEWS


def view_cookie() -> str:
    """The name of the cookie; over HTTPS one that no other host or path can set."""
    return f"__Host-{VIEW}" if current_app.config["SESSION_COOKIE_SECURE"] else VIEW


def _preferred() -> View:
    languages = [view.lang for view in VIEWS.values()]
    best = request.accept_languages.best_match(languages, default=DEFAULT.lang)
    return next(view for view in VIEWS.values() if view.lang == best)


def view() -> View:
    """The view of this request; chosen here for one that failed before anything was asked."""
    try:
        return cast("View", g.view)
    except AttributeError:
        _choose_view()
        return cast("View", g.view)


def _catalog() -> Catalog:
    return cast("Catalog", current_app.extensions["catalogs"][view().key])


def gettext(key: str) -> str:
    """The sentence that a key stands for, in the view of this request."""
    return _catalog().gettext(key)


def counted(key: str, count: int) -> str:
    """The sentence that a key stands for when so many are told of."""
    return _catalog().counted(key, count)


def speaker(audience: Audience = Audience.CITIZEN) -> Speaker:
    """Who says the passages of this page to this reader."""
    return Speaker(current_app.extensions["texts"], view(), audience, gettext("shell.close"))


def _link(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - what Flask's takes
    """What templates know as `url_for`: a page keeps the view that its own address names.

    Such an address can be handed on, and read where no cookie is kept. A chart names its own.
    """
    named = request.args.get(VIEW, "")
    if named in VIEWS and endpoint.partition(".")[0] in PAGES and "lang" not in values:
        values.setdefault(VIEW, named)
    return url_for(endpoint, **values)


def _address_in(key: str) -> str:
    """This page in another view. What cannot be asked for again leads to where it began."""
    if "here" in g or request.method not in SAFE:
        return f"{g.get('here') or url_for('public.home')}?{urlencode({VIEW: key})}"
    return f"?{urlencode({**request.args.to_dict(), VIEW: key})}"  # sixteen times on each page


# --- Headers.


def csp_nonce() -> str:
    """The nonce of this response; nothing without it may run or dress the page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return cast("str", g.csp_nonce)


def lead_out(origin: str, *, script: bool) -> None:
    """Let a form of this page lead to that origin too, and its script ask us, if there is one."""
    g.form_action, g.connect = f"'self' {origin}", script


def _policy() -> str:
    nonce = csp_nonce()
    connect = "connect-src 'self'; " if g.get("connect") else ""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
        f"font-src 'self'; img-src 'self'; {connect}base-uri 'none'; frame-ancestors 'none'; "
        f"form-action {g.get('form_action', SELF)}"
    )


def _dress(response: Response) -> Response:
    response.headers.update(current_app.extensions["fixed_headers"])
    response.headers["Content-Security-Policy"] = _policy()
    response.headers.setdefault("Cache-Control", "no-store")
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = view().lang
        response.headers.add("Vary", "Cookie, Accept-Language")
    if g.get("keep_view"):
        response.set_cookie(
            view_cookie(),
            g.keep_view,
            max_age=YEAR_SECONDS,
            secure=cast("bool", current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
    return response


# --- The words of the templates.


def signed_in_name() -> str | None:
    """The name of whoever has signed in; None for nobody, and where that cannot be told."""
    if g.get("bare"):
        return None
    return getattr(current_user, "name", None) if current_user.is_authenticated else None


def _home() -> str:
    if g.get("bare") or not current_user.is_authenticated:
        return "public.home"
    return cast("str", current_user.home)


def _long_date(day: date) -> str:
    return i18n.long_date(day, view())


def _apart(value: object) -> object:
    """A name or the like of its own in a sentence; what is markup says its direction itself."""
    return i18n.apart(value, view()) if type(value) is str else value


class Unindented(Extension):
    """Sends pages without the indents of their templates: 600 to 800 bytes of each."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template without them. No template holds text that is set off by spaces."""
        del name, filename
        return INDENTED.sub("", source)


def _sentences(catalogs: Mapping[str, Catalog]) -> Callable[..., Markup]:
    """What templates know as `_`: a sentence of the view by its key, with values in its places.

    A page says some fifty, most of them without values: those are made once. Jinja's own
    extension, made for many more cases, takes five times as long for each. A sentence that has
    plurals is told how many there are as `count`.
    """

    @cache
    def template(view_key: str, key: str) -> Markup:
        return Markup(catalogs[view_key].gettext(key))  # noqa: S704 - our own catalogs

    @cache
    def whole(view_key: str, key: str) -> Markup:
        return template(view_key, key) % {}

    def sentence(key: str, /, **values: object) -> Markup:
        chosen = view().key
        if values and view().dir == "rtl":
            values = {name: _apart(value) for name, value in values.items()}
        if catalogs[chosen].forms(key):
            said = catalogs[chosen].counted(key, cast("int", values["count"]))
            return Markup(said) % values  # noqa: S704 - our own catalogs
        return template(chosen, key) % values if values else whole(chosen, key)

    return sentence


def _init_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.globals.update(
        _=_sentences(app.extensions["catalogs"]),
        csp_nonce=csp_nonce,
        plural_forms=lambda key: json.dumps(dict(_catalog().forms(key))),
        passage=Passage,
        demo="simulator" in {settings.citizen.preset, settings.staff.preset},
        settings_phone=settings.phone,
        settings_phone_hours=settings.phone_hours,
        url_for_view=_address_in,
        url_for=_link,
        views=tuple(VIEWS.values()),
        staff_views=tuple(STAFF_VIEWS.values()),
    )
    app.jinja_env.filters.update(
        long_date=_long_date,
        plain_date=lambda day: i18n.plain_date(day, view()),
        moment=lambda at: i18n.moment(at, view()),
    )
    app.context_processor(
        lambda: {
            "view": view(),
            "offered_views": tuple(offered().values()),
            "signed_in_name": signed_in_name(),
            "home_endpoint": _home(),
        }
    )


def error_page(code: int, kind: str | None = None) -> tuple[str, int]:
    """The page for a request that was refused or that failed."""
    if request_ctx.url_adapter is None:  # asked of a host that is not ours: its links are ours
        request_ctx.url_adapter = current_app.url_map.bind("")
    return render_template("errors/error.html", code=code, kind=kind, reference=g.get("ref")), code
