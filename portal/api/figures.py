"""The fixed tables of closed quarters, for machines: the same values as the pages and the files."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

from flask import current_app, json, request

from portal import clock
from portal.api import api
from portal.api.guard import FEEDBACK, require
from portal.api.problems import Problem
from portal.audit.actions import record
from portal.audit.words import Act, Actor, Entry
from portal.figures.queries import closed_quarters
from portal.i18n import DEFAULT
from portal.reports import queries
from portal.reports.rules.exporting import plain, rows_of, themes_plain
from portal.reports.rules.naming import named, quarter_in
from portal.reports.words.reports import ReportNotFound
from portal.request import at_once, db

if TYPE_CHECKING:
    from flask import Response

ADDRESS = "/api/v1/figures"
THEMES = "/api/v1/themes"


@api.get(ADDRESS)
def figures() -> Response:
    """Every closed quarter, the newest first, and where its tables are."""
    _let_in()
    here = current_app.extensions["public_url"]
    return _answer({
        "quarters": [
            {
                "quarter": named(one),
                "figures": f"{here}{ADDRESS}/{named(one)}",
                "themes": f"{here}{THEMES}/{named(one)}",
            }
            for one in closed_quarters(db())
        ]
    })  # fmt: skip


@api.get(f"{ADDRESS}/<quarter>")
def figures_quarter(quarter: str) -> Response:
    """The tables of one quarter. They never change. Raises Problem."""
    _let_in()
    try:
        found = queries.closed(db(), quarter_in(quarter))
    except ReportNotFound:
        _refuse()
    return _answer({"quarter": quarter, "rows": [plain(row) for row in rows_of(found)]})


@api.get(f"{THEMES}/<quarter>")
def themes_quarter(quarter: str) -> Response:
    """The theme figures of one quarter; none before its coding is closed. Raises Problem."""
    _let_in()
    try:
        themes, found = queries.themes_in(db(), quarter_in(quarter))
    except ReportNotFound:
        _refuse()
    return _answer({"quarter": quarter, **themes_plain(themes, found, DEFAULT.key)})


def _let_in() -> None:
    """Only who may, and written down. Raises Problem."""
    client = require(FEEDBACK).client
    entry = Entry(clock.now(), Act.FIGURES_EXPORTED, Actor.MACHINE, page=request.endpoint,
                  why=client)  # fmt: skip
    with at_once() as connection:
        record(connection, entry)


def _refuse() -> NoReturn:
    detail = "there is no closed quarter of this name"
    raise Problem(HTTPStatus.NOT_FOUND, "not-found", detail) from None


def _answer(told: dict[str, Any]) -> Response:
    """JSON with an entity tag: what has not changed is not sent again."""
    answer = current_app.response_class(
        json.dumps(told, ensure_ascii=False), mimetype="application/json"
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
