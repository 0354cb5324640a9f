"""What surrounds every page of the door: the view, the headers, the words of the templates."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import g, request
from markupsafe import Markup

from portal import i18n
from portal.i18n import DEFAULT, VIEWS, View

if TYPE_CHECKING:
    from flask import Flask, Response

    from portal.door.settings import DoorSettings

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "static" / "dist"
VIEW = "visning"  # the field or parameter that holds the chosen view; there is no cookie
SCRIPT = "door.js"


def init_shell(app: Flask, settings: DoorSettings) -> None:
    """Put the shell around every page. Raises OSError where the front end is not built."""
    manifest: dict[str, str] = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    catalogs = i18n.catalogs(ROOT / "translations")

    def sentence(key: str, /, **values: object) -> Markup:  # none of the door's has plurals
        if view().dir == "rtl":
            values = {name: _apart(value) for name, value in values.items()}
        return Markup(catalogs[view().key].gettext(key)) % values  # noqa: S704 - our own catalogs

    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=sentence,
        asset=lambda name: f"/static/{manifest[name]}",
        csp_nonce=csp_nonce,
        demo=settings.demo,
        integrity=json.loads((BUILT / "integrity.json").read_text("utf-8")).__getitem__,
        portal_url=settings.portal_url,
        script=SCRIPT,
        settings_phone=settings.phone,
        settings_phone_hours=settings.phone_hours,
        views=tuple(VIEWS.values()),
    )
    app.jinja_env.filters.update(
        figure=lambda number: i18n.figure(number, view()),
        offered=lambda code, texts: (code, texts[code]),
    )
    app.context_processor(lambda: {"view": view()})
    app.after_request(_dress)


def _apart(value: object) -> object:
    """A name or the like of its own in a sentence; what is markup says its direction itself."""
    return i18n.apart(value, view()) if type(value) is str else value


def view() -> View:
    """The view that was asked for: by the last field of that name, or in the address."""
    if "view" not in g:
        g.view = VIEWS.get(_asked(), DEFAULT)
    return cast("View", g.view)


def _asked() -> str:
    # The form keeps its view in a field; a language's button, which comes after it, overrules it.
    fields = g.get("fields")
    named: list[str] = fields.getlist(VIEW) if fields is not None else []
    return (named or [request.args.get(VIEW, "")])[-1]


def lang() -> str:
    """The language of the view, without the variant."""
    return i18n.language(view())


def csp_nonce() -> str:
    """The nonce of this response; nothing without it may run or dress the page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return cast("str", g.csp_nonce)


def _policy() -> str:
    nonce = csp_nonce()
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
        "font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    )


def _dress(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _policy()
    response.headers.setdefault("Cache-Control", "no-store")
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = view().lang
    return response
