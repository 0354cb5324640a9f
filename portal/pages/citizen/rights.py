"""Asking for a correction or an erasure, and deleting at once what may be deleted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user, logout_user
from werkzeug.exceptions import BadRequest

from forms.rights import CASE, Erase, Request
from portal import clock
from portal.audit.words import Act
from portal.pages import sessions
from portal.pages.access import note, note_done
from portal.pages.citizen import citizen
from portal.pages.step_up import fresh
from portal.panels.queries import registration_of
from portal.request import SAFE, db
from portal.rights.actions import ask
from portal.rights.actions.erasing import end_sessions, leave, leave_panel
from portal.rights.queries import may_leave, own_cases, request_of
from portal.rights.rules import due_of
from portal.rights.words import NothingAsked, Now, RequestNotFound, Right, StillNeeded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue
    from flask_wtf import FlaskForm

    from portal.vault import Vault

ACTS = {Right.CORRECTION: Act.CORRECTION_ASKED, Right.ERASURE: Act.ERASURE_ASKED}
JUST = "udfort"
DONE = {now.value for now in Now}


def correction() -> ResponseReturnValue:
    """Say that something is wrong."""
    if request.method == "POST":
        return _asked(Right.CORRECTION)
    return _page(Right.CORRECTION, {})


def erasure() -> ResponseReturnValue:
    """Delete at once what one may, and ask for the rest."""
    if request.method in SAFE:
        return _page(Right.ERASURE, {})
    match request.form.get("do"):
        case "now":
            return _erased()
        case "ask":
            return _asked(Right.ERASURE)
    raise BadRequest


def rights_request(request_id: UUID) -> ResponseReturnValue:
    """One request: the receipt, and later the answer. Raises RequestNotFound."""
    try:
        found = request_of(db(), _vault(), current_user.person_id, request_id)
    except RequestNotFound:
        note(Act.PAGE_REFUSED, why="not_found")
        raise
    numbers = own_cases(db(), current_user.person_id, _today()) if found.case else []
    return render_template(
        "citizen/rights_request.html",
        asked=found,
        number=next((number for case, number in numbers if case == found.case), None),
    )


def _asked(right: Right) -> ResponseReturnValue:
    db().rollback()  # the account was read: nothing is held that another may have changed since
    form = Request()
    form.offer([case for case, _ in own_cases(db(), current_user.person_id, _today())])
    if not form.validate():
        return _page(right, _errors(form)), 422
    try:
        kept = ask(db(), _vault(), current_user.person_id, form.wish(right), clock.now())
    except NothingAsked:  # the case went out of sight between the two reads
        return _page(right, {"about": "about"}), 422
    note_done(ACTS[right], why=form.about.data.partition(":")[0])
    return redirect(url_for("citizen.rights_request", request_id=kept), 303)


def _erased() -> ResponseReturnValue:
    """Do what was chosen. Raises StepUpNeeded: it cannot be taken back."""
    fresh(back=url_for("citizen.erasure"))
    form = Erase()
    if not form.validate():
        return _page(Right.ERASURE, _errors(form)), 422
    db().rollback()
    chosen = form.chosen()
    if Now.ACCOUNT in chosen:
        return _left()
    if Now.PANEL in chosen and leave_panel(db(), current_user.person_id):
        note_done(Act.ERASED, why=Now.PANEL)
    if Now.SESSIONS in chosen:
        _end_sessions(but=sessions.current_key())
        note_done(Act.ERASED, why=Now.SESSIONS)
    done = [one.value for one in chosen]
    return redirect(url_for("citizen.erasure", udfort=done), 303)


def _left() -> ResponseReturnValue:
    """The account goes, with all its sessions: the answer is the receipt."""
    person = current_user.person_id
    try:
        _end_sessions(but=sessions.current_key())
        note_done(Act.ERASED, why=Now.ACCOUNT)
        leave(db(), person)
    except StillNeeded:
        db().rollback()
        return _page(Right.ERASURE, {"now": "needed"}), 422
    logout_user()
    sessions.end()
    return render_template("citizen/left.html")


def _end_sessions(but: str) -> None:
    keys = end_sessions(db(), current_user.person_id, clock.now(), but)
    sessions.forget(keys)


def _page(right: Right, errors: Mapping[str, str]) -> str:
    person, now = current_user.person_id, clock.now()
    cases = own_cases(db(), person, clock.day_of(now))
    return render_template(
        f"citizen/{right}.html",
        cases=[(f"{CASE}{case}", number) for case, number in cases],
        registered=registration_of(db(), _vault(), person, clock.day_of(now)) is not None,
        may_leave=may_leave(db(), person),
        due=due_of(now),
        errors=errors,
        form=request.form,
        just=[one for one in request.args.getlist(JUST) if one in DONE],
    )


def _errors(form: FlaskForm) -> dict[str, str]:
    return {name: told[0] for name, told in form.errors.items()}


def _vault() -> Vault:
    return cast("Vault", current_app.extensions["vault"])


def _today() -> date:
    return clock.day_of(clock.now())


def _place(state: BlueprintSetupState) -> None:
    """Put the pages at addresses of their own."""
    for name, path, page, methods in (
        ("correction", "ret", correction, ["GET", "POST"]),
        ("erasure", "slet", erasure, ["GET", "POST"]),
        ("rights_request", "anmodninger/<uuid:request_id>", rights_request, ["GET"]),
    ):
        state.app.add_url_rule(
            f"/dine-oplysninger/{path}", f"citizen.{name}", page, methods=methods
        )


citizen.record(_place)
