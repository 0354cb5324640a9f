"""From a theme to a change: who does what, by when, and whether the indicator moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_login import current_user

from forms.changes import Move
from portal import clock
from portal.audit.words import Act
from portal.changes import actions
from portal.changes.queries import change_of, changes_of, history_of
from portal.changes.queries.measured import moved_in
from portal.changes.rules import MOVES, is_overdue
from portal.changes.words import By, CannotMove, ChangedMeanwhile, Seen, Status
from portal.pages.access import may_open, note, note_done
from portal.pages.staff import staff
from portal.pages.staff.choosing import (
    measure_name,
    names_on,
    outcome_name,
    quarter_name,
)
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from flask.typing import ResponseReturnValue


DONE = {"made", "edited", "moved", "worded", "published", "withdrawn"}
JUST = "udfort"  # the parameter that says what has just been done
CONFLICT, UNPROCESSABLE = 409, 422


@staff.get("/aendringer")
def changes() -> ResponseReturnValue:
    """All changes, by due date."""
    note(Act.CHANGES_VIEWED)
    today = this_day()
    found = changes_of(db())
    return render_template(
        "staff/changes.html",
        changes=[(one, is_overdue(one, today)) for one in found],
        names=names_on(today),
        may_open=may_open,
    )


@staff.get("/aendringer/<uuid:change_id>")
def change(change_id: UUID) -> ResponseReturnValue:
    """One change, with its indicator and its history."""
    return change_page(change_id)


def change_page(
    change_id: UUID, *, errors: Mapping[str, str] | None = None, meanwhile: bool = False
) -> str:
    """The change as it is now. What was typed before stands in its field again."""
    db().rollback()
    note(Act.CHANGES_VIEWED)
    today, found = this_day(), change_of(db(), change_id)
    return render_template(
        "staff/change.html",
        change=found,
        overdue=is_overdue(found, today),
        names=names_on(today),
        moved=moved_in(db(), found.indicator),
        history=history_of(db(), change_id),
        onward=MOVES[found.status],
        **saying(),
        errors=errors or {},
        meanwhile=meanwhile,
        just=just_done(),
        form=request.form,
    )


def saying() -> dict[str, object]:
    """What the templates call measures, quarters and outcomes by."""
    return {
        "measure_name": measure_name,
        "quarter_name": quarter_name,
        "outcome_name": outcome_name,
        "may_open": may_open,
    }


def just_done() -> str | None:
    """What has just been done, if anything has."""
    told = request.args.get(JUST, "")
    return told if told in DONE else None


@staff.post("/aendringer/<uuid:change_id>/status")
def change_move(change_id: UUID) -> ResponseReturnValue:
    """Move a change, with the reason."""
    form = Move()
    if not form.validate():
        return change_page(change_id, errors=form.codes()), UNPROCESSABLE
    to = Status(form.status.data)
    db().rollback()
    try:
        actions.move(db(), by_reader(), Seen(change_id, form.seen), to, form.reason.data or "")
    except (ChangedMeanwhile, CannotMove):
        return change_page(change_id, meanwhile=True), CONFLICT
    note_done(Act.CHANGE_MOVED, why=to)
    return redirect(url_for("staff.change", change_id=change_id, udfort="moved"), 303)


def by_reader() -> By:
    """The one who is signed in, today."""
    return By(current_user.account_id, this_day())


def this_day() -> date:
    """Today, where the board is."""
    return clock.day_of(clock.now())
