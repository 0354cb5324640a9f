"""What templates say of the session: how long it lasts, and where the own sessions stand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from flask import g
from flask_login import current_user

from portal import clock, i18n
from portal.pages import sessions
from portal.pages.shell import view

if TYPE_CHECKING:
    from flask import Flask


def init_session_words(app: Flask) -> None:
    """Let the app's templates speak of the session."""
    app.jinja_env.globals.update(
        session_ends=session_ends,
        session_left=session_left,
        sessions_endpoint=sessions_endpoint,
    )


def session_ends() -> str:
    """The time of day at which the session ends if nobody does anything."""
    return i18n.clock_time(sessions.ends_at(), view())


def session_left() -> int:
    """The seconds until then, for a page whose script will ask again."""
    g.connect = True
    return seconds_left()


def seconds_left() -> int:
    """The seconds until the session ends if nobody does anything."""
    return max(0, math.ceil((sessions.ends_at() - clock.now()).total_seconds()))


def sessions_endpoint() -> str:
    """The list of the own sessions."""
    kind, _, _ = current_user.get_id().partition(":")
    return f"{kind}.sessions"
