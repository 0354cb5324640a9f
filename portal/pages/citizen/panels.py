"""Volunteering for panels, interviews and text tests: for oneself alone, and until a day.

The page stands outside /sager, as it is about no case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user

from forms.panels import Volunteer
from portal import clock
from portal.audit.words import Act
from portal.pages.access import note_done
from portal.pages.citizen import citizen
from portal.panels import actions
from portal.panels.queries import purposes, registration_of
from portal.panels.rules import last_day, purpose_on
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue

    from portal.panels.words import Purpose
    from portal.vault import Vault

JUST = "udfort"
DONE = {"joined", "left"}


def panels() -> ResponseReturnValue:
    """What volunteering means, the form, and how one's own registration stands."""
    if request.method == "POST":
        return _volunteered()
    return _page({})


def panels_leave() -> ResponseReturnValue:
    """Volunteer no more. Also where there is nothing to delete the answer is the same."""
    db().rollback()
    if actions.withdraw(db(), current_user.person_id):
        note_done(Act.VOLUNTEERED_NO_MORE)
    return redirect(url_for("citizen.panels", udfort="left"), 303)


def _place(state: BlueprintSetupState) -> None:
    """Put the pages at addresses of their own."""
    state.app.add_url_rule("/deltag", "citizen.panels", panels, methods=["GET", "POST"])
    state.app.add_url_rule(
        "/deltag/framelding", "citizen.panels_leave", panels_leave, methods=["POST"]
    )


citizen.record(_place)


def _purpose() -> Purpose | None:
    return purpose_on(purposes(), clock.day_of(clock.now()))


def _volunteered() -> ResponseReturnValue:
    form, purpose = Volunteer(), _purpose()
    errors = {} if form.validate() else {name: told[0] for name, told in form.errors.items()}
    if purpose is None or form.version.data != purpose.version:
        errors["agree"] = "changed"
    if errors or purpose is None:
        return _page(errors), 422
    db().rollback()  # the account was read: nothing is held that another may have changed since
    vault = cast("Vault", current_app.extensions["vault"])
    today = clock.day_of(clock.now())
    actions.volunteer(db(), vault, current_user.person_id, form.offer(), purpose, today)
    note_done(Act.VOLUNTEERED, why=purpose.version)
    return redirect(url_for("citizen.panels", udfort="joined"), 303)


def _page(errors: Mapping[str, str]) -> str:
    today, purpose = clock.day_of(clock.now()), _purpose()
    vault = cast("Vault", current_app.extensions["vault"])
    just = request.args.get(JUST, "")
    return render_template(
        "citizen/panels.html",
        registration=registration_of(db(), vault, current_user.person_id, today),
        purpose=purpose,
        until=last_day(today, purpose.months) if purpose else None,
        errors=errors,
        form=request.form,
        just=just if just in DONE else None,
    )
