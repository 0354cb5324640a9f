"""Who may enter. The only place that decides; an endpoint without a row is closed to everybody.

What a person may see behind an open door is decided in the WHERE of the query.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from flask import request
from flask_login import current_user

from portal import clock
from portal.audit.actions import record
from portal.audit.words import Act, Actor, Entry
from portal.identity.words import CitizenUser, StaffRole, StaffUser
from portal.request import at_once, db

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Flask


class Who(StrEnum):
    ANYONE = "anyone"
    CITIZEN = "citizen"
    STAFF = "staff"  # any role
    TEXTS = "texts"  # staff who own the texts
    QUALITY = "quality"  # staff who follow how citizens are served
    FIGURES = "figures"  # staff who work with what citizens answered: figures, themes, reports
    CODES = "codes"  # staff who say what texts are about
    THEMES = "themes"  # staff who own the codebook and what comes of a theme
    EDITS = "edits"  # staff who publish what citizens read of it
    ADMINISTERS = "administers"  # staff who keep offices and imports
    PROTECTS = "protects"  # staff who see to it that data is looked at for a reason
    RELEASE = "release"  # staff who read each text before it is released
    PANEL = "panel"  # staff who invite volunteers


ACCESS: dict[str, Who] = {
    "static": Who.ANYONE,
    "health.live": Who.ANYONE,
    "health.ready": Who.ANYONE,
    "api.events": Who.ANYONE,  # by its token: portal/api/guard.py
    "api.overview": Who.ANYONE,  # as above
    "api.figures": Who.ANYONE,  # as above
    "api.figures_quarter": Who.ANYONE,  # as above
    "api.themes_quarter": Who.ANYONE,  # as above
    "api.openapi": Who.ANYONE,
    "api.schema": Who.ANYONE,
    "public.home": Who.ANYONE,
    "public.terms": Who.ANYONE,
    "public.accessibility": Who.ANYONE,
    "public.estimates": Who.ANYONE,
    "public.statistics": Who.ANYONE,
    "public.statistics_year": Who.ANYONE,
    "public.statistics_csv": Who.ANYONE,
    "public.statistics_json": Who.ANYONE,
    "public.statistics_fields": Who.ANYONE,
    "public.changes": Who.ANYONE,
    "public.participation_keys": Who.ANYONE,
    "public.participation_list": Who.ANYONE,
    "public.problem": Who.ANYONE,
    "public.problem_send": Who.ANYONE,
    "public.problem_receipt": Who.ANYONE,  # who has its address
    "public.was": Who.ANYONE,
    "public.cookies": Who.ANYONE,
    "public.reading_choices": Who.ANYONE,
    "public.reading_choose": Who.ANYONE,  # kept in the browser alone
    "public.security": Who.ANYONE,
    "public.sign_in": Who.ANYONE,
    "public.sign_in_return": Who.ANYONE,
    "public.ended_outside": Who.ANYONE,  # by its token: portal/pages/public/outside.py
    "public.staff_ended_outside": Who.ANYONE,  # as above
    "public.sign_out": Who.ANYONE,
    "public.session": Who.ANYONE,  # nobody has none left
    "public.session_extend": Who.ANYONE,  # as above
    "public.session_drop": Who.ANYONE,  # what is kept for whoever is in, and no other
    "public.signed_out": Who.ANYONE,
    "public.staff_sign_in": Who.ANYONE,
    "public.staff_sign_in_return": Who.ANYONE,
    "gallery.index": Who.ANYONE,  # only there where everybody is invented: portal/gallery
    "gallery.index_json": Who.ANYONE,  # as above
    "components.component": Who.ANYONE,  # as above
    "gallery.session": Who.ANYONE,  # as above
    "gallery.nothing": Who.ANYONE,  # as above
    "gallery.state": Who.ANYONE,  # as above
    "citizen.sessions": Who.CITIZEN,
    "citizen.cases": Who.CITIZEN,
    "citizen.views": Who.CITIZEN,
    "citizen.case": Who.CITIZEN,
    "citizen.case_print": Who.CITIZEN,
    "citizen.case_calendar": Who.CITIZEN,
    "citizen.case_views": Who.CITIZEN,
    "citizen.case_events": Who.CITIZEN,
    "citizen.participation": Who.CITIZEN,
    "citizen.panels": Who.CITIZEN,
    "citizen.panels_leave": Who.CITIZEN,
    "citizen.my_data": Who.CITIZEN,
    "citizen.my_data_json": Who.CITIZEN,
    "citizen.my_data_pdf": Who.CITIZEN,
    "citizen.profiling": Who.CITIZEN,
    "citizen.correction": Who.CITIZEN,
    "citizen.erasure": Who.CITIZEN,
    "citizen.rights_request": Who.CITIZEN,
    "staff.sessions": Who.STAFF,
    "staff.home": Who.STAFF,
    "staff.access_log": Who.PROTECTS,
    "staff.access_log_search": Who.PROTECTS,
    "staff.codes": Who.TEXTS,
    "staff.problems": Who.TEXTS,
    "staff.problem": Who.TEXTS,
    "staff.quarantine": Who.TEXTS,
    "staff.estimates": Who.QUALITY,
    "staff.owed": Who.QUALITY,
    "staff.release": Who.RELEASE,
    "staff.released": Who.RELEASE,
    "staff.release_text": Who.RELEASE,
    "staff.volunteers": Who.PANEL,
    "staff.rights_requests": Who.PROTECTS,
    "staff.rights_request": Who.PROTECTS,
    "staff.figures": Who.FIGURES,
    "staff.figures_chart": Who.FIGURES,
    "staff.figures_export": Who.FIGURES,
    "staff.figures_dictionary": Who.FIGURES,
    "staff.reports": Who.FIGURES,
    "staff.report": Who.FIGURES,
    "staff.report_pdf": Who.FIGURES,
    "staff.report_chart": Who.FIGURES,
    "staff.report_issue": Who.THEMES,  # who owns what comes of the themes
    "staff.coding": Who.CODES,
    "staff.coding_text": Who.CODES,
    "staff.codebook": Who.THEMES,
    "staff.codebook_theme": Who.THEMES,
    "staff.codebook_new": Who.THEMES,
    "staff.codebook_agreement": Who.THEMES,
    "staff.proposals": Who.THEMES,
    "staff.themes": Who.FIGURES,
    "staff.themes_unit": Who.FIGURES,
    "staff.themes_search": Who.FIGURES,
    "staff.themes_quotes": Who.THEMES,
    "staff.themes_close": Who.ADMINISTERS,
    "staff.changes": Who.FIGURES,
    "staff.change": Who.FIGURES,
    "staff.change_new": Who.THEMES,
    "staff.change_edit": Who.THEMES,
    "staff.change_move": Who.THEMES,
    "staff.change_words": Who.EDITS,
    "staff.change_look": Who.EDITS,
    "staff.ideas": Who.FIGURES,
    "staff.idea_new": Who.THEMES,
    "staff.idea": Who.THEMES,
}

ROLES = {  # one of these is needed
    Who.STAFF: frozenset(StaffRole),
    Who.TEXTS: frozenset({StaffRole.TEXT_OWNER}),
    Who.QUALITY: frozenset({StaffRole.QUALITY}),
    Who.RELEASE: frozenset({StaffRole.RELEASE}),
    Who.PANEL: frozenset({StaffRole.PANEL}),
    Who.FIGURES: frozenset(
        {
            StaffRole.QUALITY,
            StaffRole.CODER,
            StaffRole.THEME_OWNER,
            StaffRole.EDITOR,
            StaffRole.ADMINISTRATOR,
        }
    ),
    Who.CODES: frozenset({StaffRole.CODER}),
    Who.THEMES: frozenset({StaffRole.THEME_OWNER}),
    Who.EDITS: frozenset({StaffRole.EDITOR}),
    Who.ADMINISTERS: frozenset({StaffRole.ADMINISTRATOR}),
    Who.PROTECTS: frozenset({StaffRole.PROTECTION}),
}


class SignInNeeded(Exception):
    """The page is for somebody who has signed in; nobody has."""


class NotForYou(Exception):
    """The page is for others than the one who has signed in."""


def init_access(app: Flask) -> None:
    """Stand in front of every page of the app."""
    app.before_request(_guard)


def _guard() -> None:
    if request.endpoint is None:  # no such page: answered as not found further on
        return
    if may_open(request.endpoint):
        return
    signed_in = current_user.is_authenticated
    note(Act.PAGE_REFUSED, why="not_for_you" if signed_in else "not_signed_in")
    raise NotForYou if signed_in else SignInNeeded


def _may(who: Who) -> bool:
    user = current_user._get_current_object()  # noqa: SLF001 - werkzeug's documented way through a proxy
    if who is Who.CITIZEN:
        return isinstance(user, CitizenUser)
    return isinstance(user, StaffUser) and not user.roles.isdisjoint(ROLES[who])


def may_open(endpoint: str) -> bool:
    """Whether the page opens for the one who is signed in: links elsewhere would mislead."""
    who = ACCESS.get(endpoint)
    return who is Who.ANYONE or (who is not None and _may(who))


def note(act: Act, *, case: UUID | None = None, role: str | None = None,
         why: str | None = None) -> None:  # fmt: skip
    """Write down who did what, in a transaction of its own.

    When the log cannot be written nothing is shown: the error goes on to the reader.
    """
    entry = _entry(act, role, case, why)
    with at_once() as connection:
        record(connection, entry)


def note_done(act: Act, why: str | None = None) -> None:
    """Write down what has been changed, together with it: both are kept, or neither."""
    record(db().connection(), _entry(act, why=why))


def _entry(
    act: Act, role: str | None = None, case: UUID | None = None, why: str | None = None
) -> Entry:
    user = current_user._get_current_object()  # noqa: SLF001 - as above
    actor, account = Actor.NOBODY, None
    if isinstance(user, CitizenUser):
        actor, account = Actor.CITIZEN, user.account_id
    elif isinstance(user, StaffUser):
        actor, account = Actor.STAFF, user.account_id
    return Entry(clock.now(), act, actor, account, role, case, request.endpoint, why)
