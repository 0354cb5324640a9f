"""What citizens are to read of a change: written in every view, looked at again, published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from forms.changes import PARTS, Publish, Withdraw, WordsForm
from portal.audit.words import Act
from portal.changes import actions
from portal.changes.queries import change_of, words_of
from portal.changes.queries.measured import groups_of
from portal.changes.rules import PUBLIC, unfilled
from portal.changes.words import CannotMove, ChangedMeanwhile, NotReady, Seen, TextState
from portal.i18n import STAFF_VIEWS, VIEWS
from portal.pages.access import note, note_done
from portal.pages.staff import staff
from portal.pages.staff.changes import (
    CONFLICT,
    UNPROCESSABLE,
    by_reader,
    just_done,
    this_day,
)
from portal.pages.staff.choosing import names_on
from portal.request import SAFE, db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.changes.words import Told
    from portal.i18n import Catalog


@staff.route("/aendringer/<uuid:change_id>/tekst", methods=["GET", "POST"])
def change_words(change_id: UUID) -> ResponseReturnValue:
    """Write what citizens are to read."""
    note(Act.CHANGES_VIEWED)
    if request.method in SAFE:
        return _form(change_id)
    form = WordsForm()
    if not form.validate():
        raise BadRequest
    told = form.told(tuple(VIEWS), request.form)
    faults = form.faults(told)
    if faults:
        return _form(change_id, errors=faults), UNPROCESSABLE
    db().rollback()  # the writer takes its turn
    try:
        actions.write_words(db(), Seen(change_id, form.seen), told)
    except (ChangedMeanwhile, CannotMove):
        db().rollback()
        return _form(change_id, meanwhile=True), CONFLICT
    note_done(Act.CHANGE_WORDED)
    return redirect(url_for("staff.change_look", change_id=change_id, udfort="worded"), 303)


def _form(
    change_id: UUID, *, errors: Mapping[str, str] | None = None, meanwhile: bool = False
) -> str:
    """The form with what was typed; else with what is stored."""
    change, stored = change_of(db(), change_id), words_of(db(), change_id)
    kept = _fields(stored)
    return render_template(
        "staff/change_words.html",
        change=change,
        names=names_on(this_day()),
        stored=stored,
        values={name: request.form.get(name, kept.get(name, "")) for name in _names()},
        closed=change.text_state is TextState.PUBLISHED,
        errors=errors or {},
        meanwhile=meanwhile,
    )


def _names() -> list[str]:
    return [f"{part}-{view}" for view in VIEWS for part in PARTS]


def _fields(stored: Mapping[str, Told]) -> dict[str, str]:
    return {
        f"{part}-{view}": getattr(told, part) for view, told in stored.items() for part in PARTS
    }


@staff.route("/aendringer/<uuid:change_id>/eftersyn", methods=["GET", "POST"])
def change_look(change_id: UUID) -> ResponseReturnValue:
    """A second look at it, as citizens will see it; and from here it is published or taken back."""
    if request.method in SAFE:
        return _look(change_id)
    act = {"publish": _publish, "withdraw": _withdraw}.get(request.form.get("do", ""))
    if act is None:
        raise BadRequest
    try:
        return act(change_id)
    except (ChangedMeanwhile, CannotMove):
        return _look(change_id, meanwhile=True), CONFLICT


def _publish(change_id: UUID) -> ResponseReturnValue:
    form = Publish()
    if not form.validate():
        raise BadRequest
    groups = groups_of(db(), change_of(db(), change_id).unit, this_day())
    db().rollback()
    seen = Seen(change_id, form.seen)
    try:
        actions.publish(db(), by_reader(), seen, STAFF_VIEWS, groups)
    except NotReady:
        return _look(change_id), UNPROCESSABLE
    note_done(Act.CHANGE_PUBLISHED)
    return redirect(url_for("staff.change", change_id=change_id, udfort="published"), 303)


def _withdraw(change_id: UUID) -> ResponseReturnValue:
    form = Withdraw()
    if not form.validate():
        return _look(change_id, errors=form.codes()), UNPROCESSABLE
    db().rollback()
    actions.withdraw(db(), by_reader(), Seen(change_id, form.seen), form.reason.data or "")
    note_done(Act.CHANGE_WITHDRAWN)
    return redirect(url_for("staff.change", change_id=change_id, udfort="withdrawn"), 303)


def _look(
    change_id: UUID, *, errors: Mapping[str, str] | None = None, meanwhile: bool = False
) -> str:
    """What stands there now, in every view."""
    db().rollback()
    note(Act.CHANGES_VIEWED)
    change, stored = change_of(db(), change_id), words_of(db(), change_id)
    return render_template(
        "staff/change_look.html",
        change=change,
        stored=stored,
        missing=unfilled(stored, STAFF_VIEWS),
        may_be_told=change.status in PUBLIC,
        published=change.text_state is TextState.PUBLISHED,
        errors=errors or {},
        meanwhile=meanwhile,
        just=just_done(),
        form=request.form,
        said_in=_said_in,
    )


def _said_in(view_key: str, key: str) -> str:
    """A sentence as the reader of another view has it."""
    catalog = cast("Catalog", current_app.extensions["catalogs"][view_key])
    return catalog.gettext(key)
