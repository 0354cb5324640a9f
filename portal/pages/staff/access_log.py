"""For data protection: the log of who has looked at what. Each look-up is itself written down."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from forms.access_log import LookUp
from portal import clock
from portal.audit.queries.log import found, searches, standing_out
from portal.audit.rules.unusual import unusual
from portal.audit.words import Act, Reason, Search, Sought
from portal.cases.queries import cases_numbered, numbers_of
from portal.identity.words import StaffRole
from portal.pages.access import note
from portal.pages.paging import Paging
from portal.pages.staff import staff
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from portal.audit.words import Unusual

A_PAGE = 50
UNPROCESSABLE = 422


@staff.get("/adgangslog")
def access_log() -> ResponseReturnValue:
    """What stands out, and the form to look something up."""
    note(Act.LOG_VIEWED)
    return _page(standing=standing_out(db(), clock.now()))


@staff.post("/adgangslog")
def access_log_search() -> ResponseReturnValue:
    """What is looked up: by POST, for no case and nobody belongs into an address.

    What it is for is written down before anything is read.
    """
    form = LookUp()
    wrong = {} if form.validate() else form.codes()
    search = None if wrong else _search(form)
    if search is None:
        return _refused(wrong or {"sought": form.what.data or "what"})
    me, now = current_user.account_id, clock.now()
    odd = unusual(search, me, now, searches(db(), me, now))
    if odd and not form.text.data:
        return _refused({"text": "needed"}, odd)
    _write_down(form, search)
    part = found(db(), search, form.page(), A_PAGE)
    return _page(
        entries=part.entries,
        searched=True,
        paging=Paging(part.page, max(1, -(-part.total // A_PAGE))),
        total=part.total,
        numbers=numbers_of(db(), {entry.case for entry in part.entries if entry.case}),
    )


def _search(form: LookUp) -> Search | None:
    """What is asked for; None where it cannot be read."""
    what, told = Sought(form.what.data), form.sought.data or ""
    with suppress(ValueError):
        if what is Sought.ACCOUNT:
            return Search(what, account=UUID(told))
        if what is Sought.DAY:
            return Search(what, day=date.fromisoformat(told))
        return Search(what, cases=tuple(cases_numbered(db(), told)))
    return None


def _write_down(form: LookUp, search: Search) -> None:
    """Why, in words; then what. The number of a case is not written down, but its key."""
    db().rollback()
    if form.text.data:
        note(Act.LOG_REASONED, role=StaffRole.PROTECTION, why=form.text.data)
    told = {Sought.ACCOUNT: search.account, Sought.DAY: search.day}.get(search.what, "")
    why = f"{form.reason.data}:{search.what}:{told}".rstrip(":")
    for case in search.cases or (None,):
        note(Act.LOG_SEARCHED, case=case, role=StaffRole.PROTECTION, why=why)


def _refused(errors: Mapping[str, str], odd: list[Unusual] | None = None) -> tuple[str, int]:
    """The form again; nothing of the log was read."""
    note(Act.LOG_VIEWED)
    return _page(errors=errors, odd=odd or []), UNPROCESSABLE


def _page(**more: object) -> str:
    return render_template(
        "staff/access_log.html",
        form=request.form,
        whats=tuple(Sought),
        reasons=tuple(Reason),
        **{"errors": {}, "odd": [], **more},
    )
