"""Reports for staff: one value, shown as a page and as a tagged PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, current_app, redirect, render_template, url_for
from flask_login import current_user

from portal import clock
from portal.audit.words import Act
from portal.figures.queries import closed_quarters
from portal.pages.access import may_open, note, note_done
from portal.pages.shell import gettext, view
from portal.pages.staff import staff
from portal.pages.staff.figures import chart_answer, view_named, voice_in
from portal.reports import queries
from portal.reports.actions import issue, paper_file
from portal.reports.rules.charting import charts_of
from portal.reports.rules.layout import size_of
from portal.reports.rules.naming import period_in, periods
from portal.reports.rules.reporting import paper_of
from portal.reports.rules.saying import period as period_name
from portal.reports.rules.saying import too_few, unit_name
from portal.reports.words.reports import AlreadyIssued, Report, ReportNotFound
from portal.request import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.reports.words.pages import Voice
    from portal.reports.words.reports import Period

THEME = "theme:"  # what stands before the code of a theme, where else a unit is named


@staff.get("/rapporter")
def reports() -> ResponseReturnValue:
    """The reports of every period that is over, and which of them were issued."""
    note(Act.REPORT_VIEWED)
    known = closed_quarters(db())
    issued = {(one.period, one.subject) for one in queries.issued(db())}
    told = [_period(one, issued) for one in periods(known)]
    return render_template("staff/reports.html", periods=told)


def _period(
    period: Period, issued: set[tuple[str, str]]
) -> tuple[str, str, list[tuple[str, list[tuple[str, str, bool]]]]]:
    """A period with its reports: address and name of each, and whether it was issued."""
    voice = voice_in(view(), period.quarters[-1])
    units, themes = queries.subjects(db(), period)
    name = str(period)
    of_units = [
        (key, unit_name(unit, voice), (name, key) in issued) for unit in units for key in [unit.key]
    ]
    of_themes = [
        (THEME + one.code, one.titles.get(voice.view, one.code), (name, one.code) in issued)
        for one in themes
    ]
    groups = [("units", of_units), ("themes", of_themes)]
    return name, period_name(period, voice), [group for group in groups if group[1]]


@staff.get("/rapporter/<period>/<subject>")
def report(period: str, subject: str) -> ResponseReturnValue:
    """A report as a page. Raises ReportNotFound."""
    note(Act.REPORT_VIEWED)
    return _page(period, subject)


def _page(period: str, subject: str, *, again: bool = False) -> str:
    told, voice = _told(period, subject)
    return render_template(
        "staff/report.html",
        paper=paper_of(told, voice),
        period=period,
        subject=subject,
        issued=told.issued,
        may_issue=may_open("staff.report_issue") and told.issued is None,
        again=again,
        size_of=size_of,
    )


def _told(period: str, subject: str, lang: str | None = None) -> tuple[Report, Voice]:
    wanted = period_in(period)
    chosen = view() if lang is None else view_named(lang)
    if subject.startswith(THEME):
        found = queries.review_of(db(), subject.removeprefix(THEME), wanted, chosen.key)
    else:
        found = queries.report_of(db(), subject, wanted, chosen.key)
    return found, voice_in(chosen, wanted.quarters[-1])


@staff.get("/rapporter/<period>/<subject>.pdf")
def report_pdf(period: str, subject: str) -> ResponseReturnValue:
    """The same report as a tagged PDF. Raises ReportNotFound."""
    note(Act.REPORT_VIEWED, why="pdf")
    told, voice = _told(period, subject)
    folder = current_app.extensions["data_dir"]
    made = paper_file(folder, paper_of(told, voice), too_few(voice))
    answer = Response(made, mimetype="application/pdf")
    file = f"{gettext('reports.file')}-{period}-{subject.replace(':', '-')}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{file}"'
    return answer


@staff.get("/rapporter/<period>/<subject>/<lang>/<chart>.<any(wide, narrow):form>.svg")
def report_chart(
    period: str, subject: str, lang: str, chart: str, form: str
) -> ResponseReturnValue:
    """A chart of that report. Raises ReportNotFound."""
    note(Act.REPORT_VIEWED)
    told, voice = _told(period, subject, lang)
    if told.seen is None:
        raise ReportNotFound
    return chart_answer(charts_of(told.seen, voice).get(chart), form, voice)


@staff.post("/rapporter/<period>/<subject>/udgiv")
def report_issue(period: str, subject: str) -> ResponseReturnValue:
    """Issue the report: from now on it is remembered what it quoted. Raises ReportNotFound."""
    told, _ = _told(period, subject)
    try:
        issue(db(), current_user.account_id, told, clock.day_of(clock.now()))
    except AlreadyIssued:
        db().rollback()
        note(Act.REPORT_VIEWED)
        return _page(period, subject, again=True), 409
    note_done(Act.REPORT_ISSUED)
    return redirect(url_for("staff.report", period=period, subject=subject), 303)
