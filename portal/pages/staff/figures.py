"""What citizens answered, for staff: fixed tables of closed quarters, unit by unit.

No page here counts anything, and none filters: each is one of the tables as it was closed.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, render_template, request

from portal.audit.words import Act
from portal.figures.queries import closed_quarters
from portal.i18n import STAFF_VIEWS, VIEWS
from portal.organisation.words import AGENCY
from portal.pages.access import note
from portal.pages.shell import gettext, view
from portal.pages.staff import staff
from portal.questionnaire.queries import questionnaires, wordings
from portal.reports import queries
from portal.reports.actions import chart_file, parquet_file
from portal.reports.rules.charting import charts_of
from portal.reports.rules.exporting import COLUMNS, as_csv, plain, rows_of
from portal.reports.rules.layout import size_of
from portal.reports.rules.naming import named, quarter_in
from portal.reports.rules.saying import quarter as quarter_name
from portal.reports.rules.saying import too_few, unit_name
from portal.reports.rules.telling import method_section, sections_of
from portal.reports.words.pages import Voice
from portal.reports.words.reports import ReportNotFound
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flask.typing import ResponseReturnValue

    from portal.i18n import Catalog, View
    from portal.participation.words import Quarter
    from portal.questionnaire.words import Wordings
    from portal.reports.words.charts import Chart

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json",
         "parquet": "application/vnd.apache.parquet"}  # fmt: skip


@lru_cache(maxsize=1)
def _wordings(folder: Path) -> Wordings:
    return wordings(folder, questionnaires(), VIEWS)


def voice_in(chosen: View, quarter: Quarter) -> Voice:
    """How a view says figures of a quarter: its sentences, and the questions that were asked."""
    catalogs = cast("Mapping[str, Catalog]", current_app.extensions["catalogs"])
    version = queries.asked_in(quarter).version
    asked = _wordings(current_app.extensions["translations"])[version, chosen.key]
    say = catalogs[chosen.key].gettext
    return Voice(chosen.key, chosen.lang, chosen.locale, say, asked)


@staff.get("/tal", defaults={"quarter": None, "unit": AGENCY.key})
@staff.get("/tal/<quarter>", defaults={"unit": AGENCY.key})
@staff.get("/tal/<quarter>/<unit>")
def figures(quarter: str | None, unit: str) -> ResponseReturnValue:
    """One unit in one closed quarter; the newest where none is named. Raises ReportNotFound."""
    note(Act.FIGURES_VIEWED)
    known = closed_quarters(db())
    if quarter is None and not known:
        return render_template("staff/figures_none.html")
    wanted = known[0] if quarter is None else quarter_in(quarter)
    seen, units = queries.seen(db(), unit, wanted, known)
    voice = voice_in(view(), wanted)
    return render_template(
        "staff/figures.html",
        title=unit_name(seen.unit, voice),
        when=quarter_name(wanted, voice),
        quarter=named(wanted),
        quarters=[(named(one), quarter_name(one, voice)) for one in known],
        unit=unit,
        units=[(one.key, unit_name(one, voice), one.level) for one in units],
        sections=sections_of(seen, voice),
        method=method_section(seen, voice),
        forms=tuple(KINDS),
        size_of=size_of,
    )


@staff.get("/tal/<quarter>/<unit>/<lang>/<chart>.<any(wide, narrow):form>.svg")
def figures_chart(quarter: str, unit: str, lang: str, chart: str, form: str) -> ResponseReturnValue:
    """A chart of that page, in the words of a view. Raises ReportNotFound."""
    note(Act.FIGURES_VIEWED)
    wanted = quarter_in(quarter)
    seen, _ = queries.seen(db(), unit, wanted, closed_quarters(db()))
    voice = voice_in(view_named(lang), wanted)
    return chart_answer(charts_of(seen, voice).get(chart), form, voice)


def view_named(key: str) -> View:
    """The view of this key. Raises ReportNotFound."""
    if key not in STAFF_VIEWS:
        raise ReportNotFound
    return STAFF_VIEWS[key]


def chart_answer(chart: Chart | None, form: str, voice: Voice) -> Response:
    """A chart as an image of its own. Raises ReportNotFound where there is none."""
    if chart is None:
        raise ReportNotFound
    folder = current_app.extensions["data_dir"]
    answer = Response(chart_file(folder, chart, form, too_few(voice)), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "private, no-cache"  # asked for again, and not sent again
    answer.add_etag()
    answer.make_conditional(request)
    return answer


# --- Everything of a quarter, for other programs.


@staff.get("/tal/<quarter>.<any(csv, json, parquet):form>")
def figures_export(quarter: str, form: str) -> ResponseReturnValue:
    """The tables of a quarter as a file. Raises ReportNotFound."""
    note(Act.FIGURES_EXPORTED, why=form)
    rows = rows_of(queries.closed(db(), quarter_in(quarter)))
    if form == "csv":
        body: bytes = as_csv(rows).encode()
    elif form == "json":
        told = {"quarter": quarter, "columns": dictionary(), "rows": [plain(row) for row in rows]}
        body = json.dumps(told, ensure_ascii=False).encode()
    else:
        body = parquet_file(rows, {name: _described(name) for name in COLUMNS})
    answer = Response(body, content_type=KINDS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="indblik-{quarter}.{form}"'
    return answer


@staff.get("/tal/ordbog")
def figures_dictionary() -> ResponseReturnValue:
    """What each column of the files holds."""
    note(Act.FIGURES_VIEWED)
    rows = [(name, gettext("figures.type." + kind), _described(name))
            for name, kind in COLUMNS.items()]  # fmt: skip
    return render_template("staff/figures_dictionary.html", rows=rows)


def dictionary() -> list[dict[str, str]]:
    """The columns as the files themselves describe them."""
    return [
        {"name": name, "type": kind, "description": _described(name)}
        for name, kind in COLUMNS.items()
    ]


def _described(name: str) -> str:
    return gettext("figures.column." + name)
