"""For those who invite: who has volunteered, for what, and how they want to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, render_template
from flask_login import current_user

from portal import clock
from portal.audit.words import Act
from portal.pages.access import note
from portal.pages.staff import staff
from portal.panels.queries import registrations
from portal.panels.words import Kind
from portal.request import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.vault import Vault


@staff.get("/deltagere")
def volunteers() -> ResponseReturnValue:
    """Everybody who may be invited today, by what they volunteered for."""
    note(Act.VOLUNTEERS_VIEWED)
    vault = cast("Vault", current_app.extensions["vault"])
    today = clock.day_of(clock.now())
    found = registrations(db(), vault, current_user.account_id, today)
    return render_template(
        "staff/volunteers.html",
        groups=[(kind, [one for one in found if kind in one.kinds]) for kind in Kind],
        today=today,
    )
