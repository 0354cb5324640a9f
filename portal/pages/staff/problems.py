"""For those who own the texts: problems that people have met on pages, and the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_login import current_user

from forms.problems import Reply
from portal import clock
from portal.audit.words import Act
from portal.i18n import VIEWS
from portal.pages.access import note, note_done
from portal.pages.staff import staff
from portal.problems.actions import answer
from portal.problems.queries import inbox, report_of
from portal.problems.words import ReportNotFound, Status
from portal.request import SAFE, db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.vault import Vault

JUST = "udfort"
UNPROCESSABLE = 422


@staff.get("/problemer")
def problems() -> ResponseReturnValue:
    """Those that wait, the oldest first; and those that were answered."""
    note(Act.PROBLEMS_VIEWED)
    return render_template(
        "staff/problems.html",
        waiting=inbox(db(), _vault(), waiting=True),
        answered=inbox(db(), _vault(), waiting=False),
        names=_names(),
        just=request.args.get(JUST) == "answered",
    )


@staff.route("/problemer/<uuid:report_id>", methods=["GET", "POST"])
def problem(report_id: UUID) -> ResponseReturnValue:
    """One problem, and the answer."""
    try:
        return _shown(report_id) if request.method in SAFE else _answered(report_id)
    except ReportNotFound:
        abort(404)


def _answered(report_id: UUID) -> ResponseReturnValue:
    db().rollback()  # the account was read: nothing is held that another may have changed since
    form = Reply()
    if not form.validate():
        errors = {name: told[0] for name, told in form.errors.items()}
        return _shown(report_id, errors), UNPROCESSABLE
    given = form.answer()
    answer(db(), _vault(), current_user.account_id, report_id, given, clock.now())
    note_done(Act.PROBLEM_ANSWERED, why=given.status)
    return redirect(url_for("staff.problems", udfort="answered"), 303)


def _shown(report_id: UUID, errors: Mapping[str, str] | None = None) -> str:
    db().rollback()
    note(Act.PROBLEMS_VIEWED)
    return render_template(
        "staff/problem.html",
        report=report_of(db(), _vault(), report_id),
        statuses=(Status.HANDLED, Status.ANSWERED),
        names=_names(),
        errors=errors or {},
        form=request.form,
    )


def _names() -> Mapping[str, str]:
    return {view.key: view.name for view in VIEWS.values()}


def _vault() -> Vault:
    return cast("Vault", current_app.extensions["vault"])
