"""Where a citizen is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.pages import own_sessions
from portal.pages.citizen import citizen

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue


def sessions() -> ResponseReturnValue:
    """The citizen's own sessions, and ending them."""
    return own_sessions.page("citizen/sessions.html", "citizen.sessions")


def _place(state: BlueprintSetupState) -> None:
    """Put the page at an address of its own: it is about no case."""
    state.app.add_url_rule("/mine-sessioner", "citizen.sessions", sessions, methods=["GET", "POST"])


citizen.record(_place)
