"""What a theme owner says of a change: a form, which loses nothing that was typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for

from forms.changes import PlanForm
from portal.audit.words import Act
from portal.changes import actions
from portal.changes.queries import change_of
from portal.changes.queries.measured import is_shown, known_on
from portal.changes.rules import followed, name_of, plan_faults
from portal.changes.words import ChangedMeanwhile, Seen
from portal.pages.access import note, note_done
from portal.pages.staff import staff
from portal.pages.staff.changes import CONFLICT, UNPROCESSABLE, by_reader, saying, this_day
from portal.pages.staff.choosing import (
    measure_name,
    names_on,
    options,
    outcome_name,
    quarter_options,
)
from portal.participation.rules import quarter_of
from portal.request import SAFE, db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.changes.words import Change, Known, Plan
    from portal.participation.words import Quarter

COMING = 6  # quarters that may be named before they are over


@staff.route("/aendringer/ny", methods=["GET", "POST"])
def change_new() -> ResponseReturnValue:
    """A new change."""
    note(Act.CHANGES_VIEWED)
    form, known = PlanForm(), known_on(db(), this_day())
    if request.method in SAFE:
        return _form_page(form, known, None)
    plan, faults = _read(form, known, None)
    if plan is None:
        return _form_page(form, known, None, faults), UNPROCESSABLE
    db().rollback()  # what was read is read; the writer takes its turn
    made = actions.make(db(), by_reader(), plan)
    note_done(Act.CHANGE_MADE)
    return redirect(url_for("staff.change", change_id=made, udfort="made"), 303)


@staff.route("/aendringer/<uuid:change_id>/ret", methods=["GET", "POST"])
def change_edit(change_id: UUID) -> ResponseReturnValue:
    """Say something else of a change."""
    note(Act.CHANGES_VIEWED)
    form, known = PlanForm(), known_on(db(), this_day())
    old = change_of(db(), change_id)
    if request.method in SAFE:
        return _form_page(form, known, old)
    plan, faults = _read(form, known, old)
    if plan is None:
        return _form_page(form, known, old, faults), UNPROCESSABLE
    db().rollback()
    try:
        actions.edit(db(), Seen(change_id, form.seen), plan)
    except ChangedMeanwhile:
        db().rollback()
        now = change_of(db(), change_id)
        return _form_page(form, known, now, meanwhile=True), CONFLICT
    note_done(Act.CHANGE_EDITED)
    return redirect(url_for("staff.change", change_id=change_id, udfort="edited"), 303)


def _read(
    form: PlanForm, known: Known, old: Change | None
) -> tuple[Plan | None, Mapping[str, str]]:
    """What was said of a change, with its theme followed; or what is wrong with it."""
    form.validate()
    faults = form.codes()
    if faults:
        return None, faults
    plan = form.plan()
    now = followed(plan.theme, known.themes)
    plan = plan if now is None else _of(plan, now)
    faults = plan_faults(plan, known, this_day(), old.plan if old else None)
    kept = old is not None and old.indicator == plan.indicator
    if not faults and not kept and not is_shown(db(), plan.indicator):
        faults = {"measure": "hidden"}
    return (None, faults) if faults else (plan, {})


def _of(plan: Plan, theme: str) -> Plan:
    """The plan as one of the theme that its own has become."""
    return replace(plan, theme=theme)


def _form_page(
    form: PlanForm,
    known: Known,
    old: Change | None,
    errors: Mapping[str, str] | None = None,
    *,
    meanwhile: bool = False,
) -> str:
    """The form with what was typed; else with what is stored."""
    names = names_on(this_day())
    return render_template(
        "staff/change_form.html",
        old=old,
        values=_typed(form) if request.method == "POST" else _stored(old),
        names=names,
        themes=names.theme_options(known),
        units=names.unit_options(),
        measures=options(known.measures, measure_name),
        outcomes=options(known.outcomes, outcome_name),
        quarters=quarter_options(known.quarters),
        later=quarter_options(_later(known)),
        **saying(),
        errors=errors or {},
        meanwhile=meanwhile,
    )


def _typed(form: PlanForm) -> dict[str, str]:
    return {name: request.form.get(name, "") for name in form.data}


def _stored(change: Change | None) -> dict[str, str]:
    if change is None:
        return {"outcome": "all", "theme": request.args.get("tema", "")}
    plan, what = change.plan, change.indicator
    return {
        "title": plan.title,
        "theme": plan.theme,
        "unit": plan.unit,
        "owner": plan.owner,
        "due": plan.due.isoformat(),
        "effect": plan.effect,
        "measure": what.measure,
        "measured_unit": what.unit,
        "outcome": what.outcome,
        "before": name_of(what.before),
        "after": name_of(what.after) if what.after else "",
    }


def _later(known: Known) -> list[Quarter]:
    """The quarters that may be the later one: those that are closed, and the next ones."""
    coming = [quarter_of(this_day())]
    while len(coming) < COMING:
        coming.append(coming[-1].after)
    newest = max(known.quarters, default=coming[0].before)
    between, one = [], newest.after
    while one < coming[0]:
        between.append(one)
        one = one.after
    return [*sorted(known.quarters), *between, *coming]
