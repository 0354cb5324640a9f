"""What the machine proposes for the codebook; a person decides on each, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from forms.themes import Chosen, Into, Reasoned
from portal.audit.words import Act
from portal.feedback.rules import pieces_of
from portal.pages.access import note, note_done
from portal.pages.staff import staff
from portal.pages.staff.codebook import decision_of, options_in, proposal_in
from portal.request import SAFE, db
from portal.themes import actions, queries
from portal.themes.words import CodebookMoved, NoSuchTheme, ProposalGone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

CONFLICT, UNPROCESSABLE = 409, 422


@staff.route("/kodebog/forslag", methods=["GET", "POST"])
def proposals() -> ResponseReturnValue:
    """Each of them, with its words and its most typical texts."""
    if request.method in SAFE:
        return _page()
    db().rollback()  # the account was read: nothing is held that another may have changed since
    told = proposal_in(request.form.get("forslag", ""))
    decide = {"merge": _merged, "split": _split, "drop": _dropped}.get(request.form.get("do", ""))
    if told is None or decide is None:
        raise BadRequest
    try:
        return decide(told)
    except (ProposalGone, CodebookMoved):
        return _page(moved=True), CONFLICT


def _page(errors: Mapping[str, str] | None = None, *, moved: bool = False) -> str:
    db().rollback()
    note(Act.CODEBOOK_VIEWED)
    return render_template(
        "staff/proposals.html",
        proposals=[
            (one, [(text, pieces_of(text.text)) for text in one.typical])
            for one in queries.proposals(db())
        ],
        options=options_in(queries.themes(db())),
        version=queries.version(db()),
        form=request.form,
        chosen=request.form.getlist("texts"),
        errors=errors or {},
        moved=moved,
        just=request.args.get("udfort") == "proposal",
    )


def _codes(form: Reasoned) -> dict[str, str]:
    codes = {name: told[0] for name, told in form.errors.items()}
    if "forged" in codes.values():
        raise BadRequest
    return codes


def _merged(told: UUID) -> ResponseReturnValue:
    form = Into()
    if not form.validate():
        return _page(_codes(form)), UNPROCESSABLE
    try:
        actions.merge_proposal(db(), told, (form.into.data or [""])[0], decision_of(form))
    except NoSuchTheme:
        return _page({"into": "into"}), UNPROCESSABLE
    return _done("proposal_merged")


def _split(told: UUID) -> ResponseReturnValue:
    form = Chosen()
    if not form.validate():
        return _page(_codes(form)), UNPROCESSABLE
    if not form.texts.data:
        return _page({"texts": "texts"}), UNPROCESSABLE
    actions.split_proposal(db(), told, form.texts.data, decision_of(form))
    return _done("proposal_split")


def _dropped(told: UUID) -> ResponseReturnValue:
    form = Reasoned()
    if not form.validate():
        return _page(_codes(form)), UNPROCESSABLE
    actions.drop_proposal(db(), told, decision_of(form))
    return _done("proposal_dropped")


def _done(what: str) -> ResponseReturnValue:
    note_done(Act.CODEBOOK_CHANGED, why=what)
    return redirect(url_for("staff.proposals", udfort="proposal"), 303)
