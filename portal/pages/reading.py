"""How this browser's reader wants to read: kept in a cookie of theirs, on no account of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, request
from markupsafe import Markup

from portal.reading.rules import attributes, read, written
from portal.reading.words import AS_IT_IS, Voice

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug import Response

    from portal.reading.words import Reading

COOKIE = "laesning"
YEAR_SECONDS = 365 * 24 * 60 * 60


def init_reading(app: Flask) -> None:
    """Let the templates dress the page as it was chosen."""
    app.jinja_env.globals.update(
        reading_attributes=_attributes, reads_aloud=lambda: reading().voice is Voice.ON
    )


def reading_cookie() -> str:
    """The name of the cookie; over HTTPS one that no other host or path can set."""
    return f"__Host-{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE


def reading() -> Reading:
    """What was chosen in this browser."""
    return read(request.cookies.get(reading_cookie(), ""))


def keep(response: Response, choice: Reading) -> None:
    """Let the browser keep the choice for a year, or forget one that is as without any."""
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    if choice == AS_IT_IS:
        response.delete_cookie(reading_cookie(), secure=secure, httponly=True, samesite="Lax")
        return
    response.set_cookie(
        reading_cookie(), written(choice), max_age=YEAR_SECONDS, secure=secure, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def _attributes() -> Markup:
    told = attributes(reading())
    return Markup("").join(Markup(' data-{}="{}"').format(*pair) for pair in told.items())
