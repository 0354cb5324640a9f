"""Who has opened a case, as it is shown. The audit log itself keeps every look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import render_template
from flask_login import current_user

from portal import clock
from portal.audit.queries import views_of
from portal.audit.words import Act, Actor, Reason
from portal.cases.queries import cases_of
from portal.cases.words import Role
from portal.pages.access import note
from portal.pages.citizen import citizen
from portal.pages.paging import Paging, asked_page
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.audit.queries import Part
    from portal.audit.words import Entry

ONE_VISIT = timedelta(minutes=30)  # a print, the events and this list belong to the same visit
A_PAGE = 100
PAGES = {"case", "case_print", "case_calendar", "case_views", "case_events"}
ACTS = {Act.CASE_LISTED: "listed", Act.LOG_SEARCHED: "searched"}


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime  # of several looks the newest
    actor: str
    role: str | None
    mine: bool
    times: int = 1
    case: UUID | None = None
    what: str = "other"  # ends of keys of the catalog
    why: str = "unknown"


def looks_of(entries: Iterable[Entry], me: UUID) -> list[Look]:
    """The entries, newest first, with the reader's own looks of one visit as one line."""
    shown: list[Look] = []
    visits: dict[UUID | None, int] = {}  # of each case the place of the line of the last visit
    for entry in entries:
        mine = entry.account == me
        visit = visits.get(entry.case) if mine else None
        if visit is not None and shown[visit].at - entry.at <= ONE_VISIT:
            shown[visit] = replace(shown[visit], times=shown[visit].times + 1)
            continue
        if mine:
            visits[entry.case] = len(shown)
        shown.append(_look(entry, mine=mine))
    return shown


def _look(entry: Entry, *, mine: bool) -> Look:
    page = (entry.page or "").removeprefix("citizen.")
    what = ACTS.get(entry.act) or (page if page in PAGES else "other")
    return Look(
        entry.at, entry.actor, entry.role, mine, case=entry.case, what=what, why=_why(entry)
    )


def _why(entry: Entry) -> str:
    """By which right, or for which purpose. What staff have written beside it may name people."""
    if entry.actor == Actor.MACHINE:
        return "machine"
    if entry.actor == Actor.STAFF:
        code = (entry.why or "").partition(":")[0]
        return code if code in set(Reason) else "unknown"
    return entry.role if entry.role in set(Role) else "unknown"


def pages_of(part: Part) -> Paging:
    """Where in the list this part is."""
    return Paging(part.page, max(1, -(-part.total // A_PAGE)))


@citizen.get("/indsigt")
def views() -> ResponseReturnValue:
    """Who has opened any of the cases that the reader may see."""
    note(Act.LOOKS_VIEWED)
    cases = cases_of(db(), current_user.person_id, clock.day_of(clock.now()))
    part = views_of(db(), [case.id for case in cases], asked_page(), A_PAGE)
    return render_template(
        "citizen/views.html",
        looks=looks_of(part.entries, current_user.account_id),
        numbers={case.id: case.state.number for case in cases},
        paging=pages_of(part),
    )
