"""Where a member of staff is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.pages import own_sessions
from portal.pages.staff import staff

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@staff.route("/mine-sessioner", methods=["GET", "POST"])
def sessions() -> ResponseReturnValue:
    """The own sessions, and ending them."""
    return own_sessions.page("staff/sessions.html", "staff.sessions")
