"""For those who own the codebook: what each theme means, and every change with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest, NotFound

from forms.themes import Into, NewCode, Reasoned, wording_of
from portal import clock
from portal.audit.words import Act
from portal.i18n import STAFF_VIEWS
from portal.identity.queries import staff_account_of
from portal.pages.access import note, note_done
from portal.pages.shell import view
from portal.pages.staff import staff
from portal.request import SAFE, db
from portal.themes import actions, queries
from portal.themes.words import (
    CodebookMoved,
    Decision,
    FaultyCodebook,
    NoSuchTheme,
    ProposalGone,
    ThemeState,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from flask.typing import ResponseReturnValue

    from portal.themes.words import Logged, Theme
    from portal.vault import Vault

DONE = {"added", "edited", "merged", "split", "dropped", "settled", "proposal"}
CONFLICT, UNPROCESSABLE = 409, 422


@staff.get("/kodebog")
def codebook() -> ResponseReturnValue:
    """Every theme, and what was done to the codebook."""
    note(Act.CODEBOOK_VIEWED)
    themes = queries.themes(db())
    told = request.args.get("udfort", "")
    lines = queries.log(db())
    return render_template(
        "staff/codebook.html",
        themes=[one for one in themes if one.state == ThemeState.ACTIVE],
        ended=[one for one in themes if one.state != ThemeState.ACTIVE],
        by_code={one.code: one for one in themes},
        lines=lines,
        names=_names(lines),
        just=told if told in DONE else None,
    )


def _names(lines: list[Logged]) -> dict[UUID, str | None]:
    """The names of those who are in the log: a few owners, each asked for once."""
    vault = cast("Vault", current_app.extensions["vault"])
    found = {
        account: staff_account_of(db(), vault, account)
        for account in {one.account for one in lines if one.account}
    }
    return {account: one.name for account, one in found.items() if one}


@staff.route("/kodebog/nyt", methods=["GET", "POST"])
def codebook_new() -> ResponseReturnValue:
    """A new theme, of the owner's own or made of what the machine proposes."""
    if request.method == "POST":
        db().rollback()  # the account was read: nothing is held that another may have changed since
        return _added()
    return _new()


def _new(errors: Mapping[str, str] | None = None, *, moved: bool = False) -> str:
    db().rollback()
    note(Act.CODEBOOK_VIEWED)
    told = proposal_in(request.values.get("forslag", ""))
    try:
        proposal = queries.proposal_of(db(), told) if told else None
    except ProposalGone:
        raise NotFound from None
    return render_template(
        "staff/codebook_new.html",
        version=queries.version(db()),
        proposal=proposal,
        form=request.form,
        errors=errors or {},
        moved=moved,
    )


def proposal_in(told: str) -> UUID | None:
    """The key of a proposal, if one was told. Raises BadRequest."""
    try:
        return UUID(told) if told else None
    except ValueError:
        raise BadRequest from None


def _added() -> ResponseReturnValue:
    form = NewCode()
    valid = form.validate()
    told, wrong = wording_of(request.form.to_dict(), tuple(STAFF_VIEWS))
    if not valid or wrong:
        return _new(_codes(form) | wrong), UNPROCESSABLE
    code, proposal = (form.code.data or "").strip(), proposal_in(request.form.get("forslag", ""))
    try:
        if proposal:
            actions.keep_proposal(db(), proposal, code, told, decision_of(form))
        else:
            actions.add(db(), code, told, decision_of(form))
    except (CodebookMoved, ProposalGone):
        return _new(moved=True), CONFLICT
    except FaultyCodebook as faulty:
        return _new({"code": faulty.faults[0]}), UNPROCESSABLE
    note_done(Act.CODEBOOK_CHANGED, why="proposal_kept" if proposal else "added")
    return redirect(url_for("staff.codebook", udfort="added"), 303)


def decision_of(form: Reasoned) -> Decision:
    """Who decides, when, why and on what."""
    why = (form.why.data or "").strip()
    return Decision(current_user.account_id, clock.now(), why, form.seen())


def _codes(form: Reasoned) -> dict[str, str]:
    """The first error of each field. Raises BadRequest where the form is not ours."""
    codes = {name: told[0] for name, told in form.errors.items()}
    if "forged" in codes.values():
        raise BadRequest
    return codes


@staff.route("/kodebog/tema/<code>", methods=["GET", "POST"])
def codebook_theme(code: str) -> ResponseReturnValue:
    """One theme, and what is to become of it."""
    if request.method in SAFE:
        return _theme(code)
    db().rollback()  # as above
    change = {"edit": _edited, "merge": _merged, "split": _split, "drop": _dropped}.get(
        request.form.get("do", "")
    )
    if change is None:
        raise BadRequest
    try:
        return change(code)
    except CodebookMoved:
        return _theme(code, moved=True), CONFLICT


def _theme(code: str, errors: Mapping[str, str] | None = None, *, moved: bool = False) -> str:
    db().rollback()
    note(Act.CODEBOOK_VIEWED)
    themes = queries.themes(db())
    theme = next((one for one in themes if one.code == code), None)
    if theme is None:
        raise NotFound
    return render_template(
        "staff/codebook_theme.html",
        theme=theme,
        options=options_in(one for one in themes if one.code != code),
        version=queries.version(db()),
        form=request.form or _stored(theme),
        stored=_stored(theme),
        chosen=request.form.getlist("into"),
        errors=errors or {},
        moved=moved,
    )


def options_in(themes: Iterable[Theme]) -> list[tuple[str, str]]:
    """The themes in use as a list to choose from."""
    return [(one.code, one.title(view().key)) for one in themes if one.state == ThemeState.ACTIVE]


def _stored(theme: Theme) -> dict[str, str]:
    """The fields of the form as the codebook has them."""
    examples = theme.examples or {}
    return {
        **{f"title-{view}": theme.titles.get(view, "") for view in STAFF_VIEWS},
        **{f"description-{view}": theme.descriptions.get(view, "") for view in STAFF_VIEWS},
        **{f"examples-{view}": "\n".join(examples.get(view, ())) for view in STAFF_VIEWS},
    }


def _edited(code: str) -> ResponseReturnValue:
    form = Reasoned()
    valid = form.validate()
    told, wrong = wording_of(request.form.to_dict(), tuple(STAFF_VIEWS))
    if not valid or wrong:
        return _theme(code, _codes(form) | wrong), UNPROCESSABLE
    return _changed(code, "edited", lambda: actions.edit(db(), code, told, decision_of(form)))


def _merged(code: str) -> ResponseReturnValue:
    form = Into()
    if not form.validate():
        return _theme(code, _codes(form)), UNPROCESSABLE
    into = (form.into.data or [""])[0]
    return _changed(code, "merged", lambda: actions.merge(db(), code, into, decision_of(form)))


def _split(code: str) -> ResponseReturnValue:
    form = Into()
    if not form.validate():
        return _theme(code, _codes(form)), UNPROCESSABLE
    into = form.into.data or []
    return _changed(code, "split", lambda: actions.split(db(), code, into, decision_of(form)))


def _dropped(code: str) -> ResponseReturnValue:
    form = Reasoned()
    if not form.validate():
        return _theme(code, _codes(form)), UNPROCESSABLE
    return _changed(code, "dropped", lambda: actions.drop(db(), code, decision_of(form)))


def _changed(code: str, done: str, change: Callable[[], None]) -> ResponseReturnValue:
    """It is done, and written down; or the page says that a theme is no more."""
    try:
        change()
    except NoSuchTheme:
        return _theme(code, {"into": "into"}), UNPROCESSABLE
    note_done(Act.CODEBOOK_CHANGED, why=done)
    return redirect(url_for("staff.codebook", udfort=done), 303)
