"""How long the session lasts, making it last longer, and letting go of what was kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from portal.pages import kept, sessions
from portal.pages.access import SignInNeeded
from portal.pages.session_words import seconds_left, session_ends, sessions_endpoint

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def add_routes(blueprint: Blueprint) -> None:
    """Put the doors on the blueprint of public pages: they answer also where nobody is in."""
    post = ["POST"]
    blueprint.add_url_rule(sessions.ASKING, "session", session_left)
    blueprint.add_url_rule("/session/forlaeng", "session_extend", session_extend, methods=post)
    blueprint.add_url_rule("/session/kasser", "session_drop", session_drop, methods=post)


def session_left() -> ResponseReturnValue:
    """How long is left, whether it can be made more, and the warning. Asking changes nothing."""
    if not current_user.is_authenticated:
        return {"left": 0, "more": False, "ends": ""}
    return {
        "left": seconds_left(),
        "more": sessions.extensible(),
        "ends": session_ends(),
        "dialog": render_template("components/session.html"),
    }


def session_extend() -> ResponseReturnValue:
    """Begin the idle time anew, which any request does, and say how much is left."""
    if not current_user.is_authenticated:
        raise SignInNeeded
    if request.accept_mimetypes.best == "application/json":
        return session_left()
    return redirect(url_for(sessions_endpoint()), HTTPStatus.SEE_OTHER)


def session_drop() -> ResponseReturnValue:
    """Delete what was kept of a form, and show its page without it."""
    if not current_user.is_authenticated:
        raise SignInNeeded
    try:
        page = kept.dropped(UUID(request.form.get(kept.FIELD, "")))
    except ValueError:
        page = None
    return redirect(page or url_for(current_user.home), HTTPStatus.SEE_OTHER)
