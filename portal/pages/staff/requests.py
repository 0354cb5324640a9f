"""For data protection: what citizens ask of the data about them, and the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user

from forms.rights import Reply
from portal import clock
from portal.audit.words import Act
from portal.pages.access import note, note_done
from portal.pages.staff import staff
from portal.request import SAFE, db
from portal.rights.actions import answer
from portal.rights.queries import asked_by, inbox
from portal.rights.words import RequestAnswered, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.vault import Vault

JUST = "udfort"


@staff.get("/anmodninger")
def rights_requests() -> ResponseReturnValue:
    """The requests that wait, those due first in front; and those that were answered."""
    note(Act.REQUESTS_VIEWED)
    account = current_user.account_id
    return render_template(
        "staff/rights_requests.html",
        waiting=inbox(db(), _vault(), account, answered=False),
        answered=inbox(db(), _vault(), account, answered=True),
        today=clock.day_of(clock.now()),
        just=request.args.get(JUST) == "answered",
    )


@staff.route("/anmodninger/<uuid:request_id>", methods=["GET", "POST"])
def rights_request(request_id: UUID) -> ResponseReturnValue:
    """One request, who asks, and the answer. Raises RequestNotFound."""
    if request.method in SAFE:
        return _page(request_id)
    db().rollback()  # the account was read: nothing is held that another may have changed since
    form = Reply()
    if not form.validate():
        return _page(request_id, {name: told[0] for name, told in form.errors.items()}), 422
    account, given = current_user.account_id, form.answer()
    try:
        answer(db(), _vault(), account, request_id, given, clock.now())
    except RequestAnswered:
        return _page(request_id, taken=True), 409
    note_done(Act.REQUEST_ANSWERED, why=given.verdict)
    return redirect(url_for("staff.rights_requests", udfort="answered"), 303)


def _page(request_id: UUID, errors: Mapping[str, str] | None = None, *, taken: bool = False) -> str:
    db().rollback()
    note(Act.REQUESTS_VIEWED)
    today = clock.day_of(clock.now())
    asked, asker = asked_by(db(), _vault(), current_user.account_id, request_id, today)
    return render_template(
        "staff/rights_request.html",
        asked=asked,
        asker=asker,
        verdicts=tuple(Verdict),
        today=today,
        errors=errors or {},
        taken=taken,
        form=request.form,
    )


def _vault() -> Vault:
    return cast("Vault", current_app.extensions["vault"])
