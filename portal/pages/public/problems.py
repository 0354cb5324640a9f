"""Telling of a problem with a page: without script, without signing in, without saying who.

The receipt has an address that nobody can guess. There the answer stands later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from flask import abort, current_app, g, redirect, render_template, request, url_for

from forms.problems import Problem
from portal import clock
from portal.i18n import VIEWS
from portal.pages.public import public
from portal.pages.shell import view
from portal.problems.actions import report
from portal.problems.queries import report_of
from portal.problems.rules import bare
from portal.problems.words import InboxFull, ReportNotFound
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.vault import Vault

UNPROCESSABLE, UNAVAILABLE = 422, 503
PLACE = re.compile(r"<[^>]*>")  # in the address of a kind of page
FIELDS = ("page", "state", "view", "text", "means")


@public.app_template_global("problem_address")
def problem_address() -> str:
    """Where to tell of a problem with this page: it is named as a kind of page, never as a case."""
    rule = request.url_rule
    page = PLACE.sub("…", rule.rule) if rule else None
    return url_for("public.problem", fra=page, tilstand=g.get("shown_state"), sprog=view().key)


@public.get("/tilgaengelighed/problem")
def problem() -> ResponseReturnValue:
    """The form, with what the page that led here says of itself."""
    asked = request.args
    given = {"page": asked.get("fra", ""), "state": asked.get("tilstand", "")}
    return _page({**given, "view": asked.get("sprog", view().key)}, {})


@public.post("/tilgaengelighed/problem")
def problem_send() -> ResponseReturnValue:
    """Keep what was told, and lead to the receipt."""
    form = Problem()
    g.here = url_for("public.problem")
    if not form.validate():
        errors = {name: told[0] for name, told in form.errors.items()}
        return _page(request.form, errors), UNPROCESSABLE
    db().rollback()  # who has signed in was read: nothing of it goes along
    try:
        made = report(db(), _vault(), form.met(), clock.now())
    except InboxFull:
        return _page(request.form, {}, full=True), UNAVAILABLE
    return redirect(url_for("public.problem_receipt", report_id=made), 303)


@public.get("/tilgaengelighed/problem/<uuid:report_id>")
def problem_receipt(report_id: UUID) -> ResponseReturnValue:
    """What became of it. What was told is not shown again: the address may be passed on."""
    try:
        found = report_of(db(), _vault(), report_id)
    except ReportNotFound:
        abort(404)
    return render_template("public/problem_receipt.html", report=found)


def _page(given: Mapping[str, str], errors: Mapping[str, str], *, full: bool = False) -> str:
    form = {name: given.get(name, "") for name in FIELDS}
    form["page"] = bare(form["page"])
    return render_template(
        "public/problem.html", form=form, errors=errors, full=full, offered=VIEWS.values()
    )


def _vault() -> Vault:
    return cast("Vault", current_app.extensions["vault"])
