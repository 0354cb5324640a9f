"""The list of a citizen's cases, the page of one case, and what goes with it."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from flask import Response, current_app, render_template
from flask_login import current_user
from werkzeug.exceptions import NotFound

from portal import clock, i18n
from portal.audit.queries import views_of
from portal.audit.words import Act
from portal.cases import queries
from portal.cases.rules import WORKING, named
from portal.cases.words import LinkKind
from portal.changes.queries import published
from portal.changes.rules import for_case
from portal.deadlines.rules import dates_of
from portal.estimates.queries import told_now, told_of
from portal.explanations.words import Passage
from portal.feed.queries import status_of, statuses
from portal.identity.rules import about_name
from portal.pages.access import note
from portal.pages.citizen import citizen
from portal.pages.citizen.calendar import calendar_of
from portal.pages.citizen.looks import A_PAGE, looks_of, pages_of
from portal.pages.citizen.participation import invited
from portal.pages.paging import asked_page, paged
from portal.pages.shell import speaker, view
from portal.participation.rules import group_of
from portal.participation.words import Group
from portal.request import db
from portal.telling.rules import audience_of, card_of, page_of
from portal.telling.rules.estimated import estimated, estimated_briefly
from portal.telling.words import Reader
from portal.vault import SealError

if TYPE_CHECKING:
    from uuid import UUID

    from flask.typing import ResponseReturnValue

    from portal.cases.words import SeenCase
    from portal.changes.words import Published
    from portal.deadlines.words import Dates, Limit
    from portal.feed.words import SourceStatus
    from portal.pages.prose import Speaker
    from portal.telling.words import Card
    from portal.vault import Vault


CASES_A_PAGE = 10
EVENTS_A_PAGE = 200
LOG = logging.getLogger("indblik.cases")


class Shown(NamedTuple):
    """A case as it is told to this reader today."""

    case: SeenCase
    reader: Reader
    dates: Dates
    today: date
    say: Speaker


class Listed(NamedTuple):
    case: SeenCase
    card: Card
    say: Speaker
    expected: Passage | None = None  # the estimate


@citizen.get("")
def cases() -> ResponseReturnValue:
    """All cases that the reader may see; those that need the reader first."""
    today = clock.day_of(clock.now())
    found, hidden = queries.cases_and_hidden(db(), current_user.person_id, today)
    listed = [_listed(_shown(case, today)) for case in found]
    listed.sort(key=_urgency)
    here, paging = paged(listed, CASES_A_PAGE)
    here = _with_estimates(here, today)
    sources = _sources_of(found)
    return render_template(
        "citizen/cases.html",
        say=speaker(),
        open_cases=[item for item in here if not item.card.ended],
        ended_cases=[item for item in here if item.card.ended],
        paging=paging,
        empty=_emptiness(found, hidden, silent=all(source.silent for source in sources)),
        hidden=hidden,
        silent=[_silence(source) for source in sources if source.silent and source.heard_at],
    )


@citizen.get("/<uuid:case_id>")
def case(case_id: UUID) -> ResponseReturnValue:
    """One case: where it stands, when a decision is expected, and what it means."""
    shown = _opened(case_id)
    return _case_page(
        shown,
        "citizen/case.html",
        invited=invited(shown.case, shown.today),
        came_of=_came_of(shown.case),
    )


@citizen.get("/<uuid:case_id>/udskrift")
def case_print(case_id: UUID) -> ResponseReturnValue:
    """The same on paper: everything unfolded, nothing to click."""
    return _case_page(_opened(case_id), "citizen/case_print.html")


@citizen.get("/<uuid:case_id>/kalender.ics")
def case_calendar(case_id: UUID) -> ResponseReturnValue:
    """The last days that count for the reader, for the reader's own calendar."""
    shown = _opened(case_id)
    page = page_of(shown.case.state, shown.dates, shown.reader, shown.today)
    body = calendar_of(shown.case, page, clock.now())
    if body is None:
        raise NotFound
    name = "attachment; filename=frister.ics"  # what the source wrote has no place in a header
    return Response(body, mimetype="text/calendar", headers={"Content-Disposition": name})


@citizen.get("/<uuid:case_id>/indsigt")
def case_views(case_id: UUID) -> ResponseReturnValue:
    """Who has opened the case."""
    shown = _opened(case_id)
    db().rollback()  # what is read from here on holds this look, too
    part = views_of(db(), [case_id], asked_page(), A_PAGE)
    return render_template(
        "citizen/case_views.html",
        **_frame(shown),
        looks=looks_of(part.entries, current_user.account_id),
        paging=pages_of(part),
    )


@citizen.get("/<uuid:case_id>/haendelser")
def case_events(case_id: UUID) -> ResponseReturnValue:
    """What the case system has told, as it was told."""
    shown = _opened(case_id)
    events = queries.events_of(db(), case_id)
    here, paging = paged(events, EVENTS_A_PAGE)
    told = [(event.at, named(event.data)) for event in here]
    return render_template("citizen/case_events.html", **_frame(shown), told=told, paging=paging)


def _opened(case_id: UUID) -> Shown:
    """The case of this address, once it is written down that it was opened.

    Raises CaseNotFound for what does not exist and for what is another's alike.
    """
    today = clock.day_of(clock.now())
    found = queries.case_of(db(), current_user.person_id, case_id, today)
    note(Act.CASE_VIEWED, case=found.id, role=found.role)
    return _shown(found, today)


def _shown(found: SeenCase, today: date) -> Shown:
    limits = cast("tuple[Limit, ...]", current_app.extensions["limits"])
    acts_for = frozenset(who.person for who in found.acts_for)
    reader = Reader(found.person, found.role, acts_for, _names_of(found))
    dates = dates_of(found.state, limits, today)
    return Shown(found, reader, dates, today, speaker(audience_of(reader)))


def _names_of(found: SeenCase) -> str | None:
    """The names of those whom the reader represents. A page without them hides nothing else."""
    vault = cast("Vault", current_app.extensions["vault"])
    try:
        names = [
            vault.open(who.name_sealed, about_name(who.person))
            for who in found.acts_for
            if who.name_sealed is not None
        ]
    except SealError:
        LOG.error("the name of somebody represented cannot be opened")  # noqa: TRY400 - nothing more is known
        return None
    return i18n.listed(names, view()) if names else None


def _listed(shown: Shown) -> Listed:
    card = card_of(shown.case.state, shown.dates, shown.reader, shown.today)
    return Listed(shown.case, card, shown.say)


def _with_estimates(listed: list[Listed], today: date) -> list[Listed]:
    """The same cases with what is expected of each: one look-up for all that are under way."""
    told = told_now(db(), [item.case.id for item in listed if item.case.state.stage in WORKING])
    return [
        item._replace(expected=estimated_briefly(item.case.state, told.get(item.case.id), today))
        for item in listed
    ]


def _urgency(item: Listed) -> tuple[bool, bool, date, float]:
    """Those that the reader must act in come first, by last day; then those with newest news.

    What has ended comes after all that has not.
    """
    task, told = item.card.task, item.case.state.last_event
    due = task.due if task else None
    return (item.card.ended, task is None, due or date.max, -told.timestamp() if told else 0.0)


def _emptiness(found: list[SeenCase], hidden: int, *, silent: bool) -> str | None:
    """Which kind of empty the list is; None where something else is said or there is a case."""
    if silent and not found:
        return "source_down"
    if not found:
        return None if hidden else "none"
    return None if any(case.state.received for case in found) else "not_received"


def _sources_of(found: list[SeenCase]) -> list[SourceStatus]:
    """The systems that these cases come from; all of them where there is no case to go by."""
    mine = {case.source for case in found}
    return [s for s in statuses(db(), clock.now()) if not mine or s.source in mine]


def _silence(source: SourceStatus) -> Passage:
    if source.name == source.source:  # it has not said what it is called
        return Passage("source.silent", {"when": source.heard_at})
    return Passage("source.silent_named", {"system": source.name, "when": source.heard_at})


def _frame(shown: Shown) -> dict[str, object]:
    """What every page about one case needs."""
    page = page_of(shown.case.state, shown.dates, shown.reader, shown.today)
    return {
        "case": shown.case,
        "state": shown.case.state,
        "page": page,
        "say": shown.say,
    }


def _case_page(shown: Shown, template: str, **more: object) -> str:
    source = status_of(db(), shown.case.source, clock.now())
    state, at_work = shown.case.state, shown.case.state.stage in WORKING
    told = told_of(db(), shown.case.id) if at_work else None
    return render_template(
        template,
        **_frame(shown),
        **more,
        expected=estimated(state, shown.dates, told, shown.today),
        links=_links(shown),
        source=source,
        silence=_silence(source) if source.silent and source.heard_at else None,
        today=shown.today,
    )


def _came_of(case: SeenCase) -> list[Published]:
    """What others who were asked about such a decision have brought about. One read at most."""
    if case.state.decision is None:
        return []
    group = group_of(case.state.area)
    return for_case(published(db(), view().key, {group}), group, len(Group))


def _links(shown: Shown) -> list[tuple[UUID, Passage]]:
    """The linked cases that the reader may see too. Of others nothing is said."""
    kinds = {link.case: link.kind for link in shown.case.state.links}
    if not kinds:
        return []
    found = queries.linked_to(
        db(), current_user.person_id, shown.case.source, list(kinds), shown.today
    )
    return [(case.id, _link(kinds[case.subject], case)) for case in found]


def _link(kind: str, case: SeenCase) -> Passage:
    known = kind if kind in set(LinkKind) else "unknown"
    return Passage(f"link.{known}", {"number": case.state.number or "–"})
