"""The register of ideas: suggestions that cross areas, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from forms.changes import IdeaForm
from portal.audit.words import Act
from portal.changes import actions
from portal.changes.queries import changes_of, idea_of
from portal.changes.queries import ideas as ideas_in
from portal.changes.rules import proposal_faults
from portal.changes.words import ChangedMeanwhile, Seen
from portal.pages.access import may_open, note, note_done
from portal.pages.staff import staff
from portal.pages.staff.changes import CONFLICT, UNPROCESSABLE, by_reader, this_day
from portal.pages.staff.choosing import NOTHING, names_on
from portal.request import SAFE, db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.changes.words import Idea

JUST = "udfort"


@staff.get("/ideer")
def ideas() -> ResponseReturnValue:
    """All ideas: those that are open first."""
    note(Act.CHANGES_VIEWED)
    names = names_on(this_day())
    return render_template(
        "staff/ideas.html",
        ideas=[(one, [names.unit(key) for key in one.proposal.units]) for one in ideas_in(db())],
        titles={one.id: one.title for one in changes_of(db())},
        just=request.args.get(JUST) == "kept",
        may_open=may_open,
    )


@staff.route("/ideer/ny", methods=["GET", "POST"])
def idea_new() -> ResponseReturnValue:
    """A new idea."""
    note(Act.CHANGES_VIEWED)
    if request.method in SAFE:
        return _page(None)
    form, faults = _read()
    if faults:
        return _page(None, faults), UNPROCESSABLE
    actions.add_idea(db(), by_reader(), form.proposal())
    return _kept()


@staff.route("/ideer/<uuid:idea_id>", methods=["GET", "POST"])
def idea(idea_id: UUID) -> ResponseReturnValue:
    """What has become of an idea."""
    note(Act.CHANGES_VIEWED)
    old = idea_of(db(), idea_id)
    if request.method in SAFE:
        return _page(old)
    form, faults = _read(old)
    if faults:
        return _page(old, faults), UNPROCESSABLE
    try:
        actions.edit_idea(db(), Seen(idea_id, form.seen), form.proposal())
    except ChangedMeanwhile:
        db().rollback()
        return _page(idea_of(db(), idea_id), meanwhile=True), CONFLICT
    return _kept()


def _kept() -> ResponseReturnValue:
    note_done(Act.IDEA_KEPT)
    return redirect(url_for("staff.ideas", udfort="kept"), 303)


def _read(old: Idea | None = None) -> tuple[IdeaForm, Mapping[str, str]]:
    """The form, and what is wrong with it. A unit that it had before may stay."""
    form = IdeaForm()
    form.validate()
    faults = form.codes()
    if not faults:
        units = {*names_on(this_day()).units, *(old.proposal.units if old else ())}
        faults = proposal_faults(form.proposal(), units, [one.id for one in changes_of(db())])
    db().rollback()  # what was read is read; the writer takes its turn
    return form, faults


def _page(
    old: Idea | None, errors: Mapping[str, str] | None = None, *, meanwhile: bool = False
) -> str:
    """The form with what was typed; else with what is stored."""
    names = names_on(this_day())
    kept = old.proposal.units if old else ()
    return render_template(
        "staff/idea.html",
        old=old,
        values=_typed() if request.method == "POST" else _stored(old),
        names=names,
        units=[(key, names.unit(key)) for key in dict.fromkeys([*names.units, *kept])],
        changes=[NOTHING, *((str(one.id), one.title) for one in changes_of(db()))],
        errors=errors or {},
        meanwhile=meanwhile,
    )


def _typed() -> dict[str, object]:
    return {**request.form.to_dict(), "units": request.form.getlist("units")}


def _stored(old: Idea | None) -> dict[str, object]:
    if old is None:
        return {"state": "open", "units": []}
    told = old.proposal
    return {
        "title": told.title,
        "text": told.text,
        "units": list(told.units),
        "state": told.state,
        "reason": told.reason,
        "change": str(told.change or ""),
    }
