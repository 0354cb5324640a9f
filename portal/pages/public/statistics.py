"""The open figures, for everybody: as a page, and as files with what their fields mean."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from flask import Response, render_template

from portal.pages.open_figures import FIELDS, field_rows, plain_rows, seen
from portal.pages.public import public
from portal.pages.shell import gettext
from portal.request import db
from portal.statistics.queries import figures_of
from portal.statistics.words import YearNotClosed
from portal.suppression.words import LEAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask.typing import ResponseReturnValue


@public.get("/tal")
def statistics() -> ResponseReturnValue:
    """The newest year; a page that says so before there is one."""
    try:
        year, years = figures_of(db())
    except YearNotClosed:
        return render_template("public/statistics.html", year=None)
    return render_template("public/statistics.html", **seen(year), years=years)


@public.get("/tal/<int:year>")
def statistics_year(year: int) -> ResponseReturnValue:
    """A year of the reader's choice."""
    figures, years = figures_of(db(), year)
    return render_template("public/statistics.html", **seen(figures), years=years)


@public.get("/tal/<int:year>.csv")
def statistics_csv(year: int) -> Response:
    """A row for each unit; what is hidden is empty."""
    figures, _ = figures_of(db(), year)
    return _csv(FIELDS, plain_rows(figures), f"tal-{year}.csv")


@public.get("/tal/felter.csv")
def statistics_fields() -> Response:
    """What each field of the files means."""
    head = (gettext("statistics.fields.name"), gettext("statistics.fields.meaning"))
    return _csv(head, field_rows(), "felter.csv")


@public.get("/tal/<int:year>.json")
def statistics_json(year: int) -> Response:
    """The same rows, with what their fields mean; what is hidden is null."""
    figures, _ = figures_of(db(), year)
    rows = [dict(zip(FIELDS, row, strict=True)) for row in plain_rows(figures)]
    told = {
        "year": figures.year,
        "closed_on": figures.closed_on.isoformat(),
        "least": LEAST,
        "within_other": figures.within_other,
        "fields": dict(field_rows()),
        "rows": rows,
    }
    return Response(json.dumps(told, ensure_ascii=False, indent=1), mimetype="application/json")


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(head)
    table.writerows(rows)
    attached = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(written.getvalue(), mimetype="text/csv", headers=attached)
