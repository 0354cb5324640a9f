"""The door by which case systems tell: one record or a batch, taken in before it is answered."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from flask import current_app

from portal import clock
from portal.api import api
from portal.api.bodies import posted
from portal.api.guard import WRITE, require
from portal.api.problems import Problem
from portal.feed.rules import names_in
from portal.feed.words import Code, Report, Result
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door
from portal.request import writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from portal.vault import Vault

# What is wrong with the text rather than with what it says.
SYNTAX = {
    Code.NOT_UTF8: HTTPStatus.BAD_REQUEST,
    Code.NOT_JSON: HTTPStatus.BAD_REQUEST,
    Code.TOO_DEEP: HTTPStatus.BAD_REQUEST,
    Code.LINE_TOO_LONG: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


@api.post("/api/v1/events")
def events() -> ResponseReturnValue:
    """Take in what a case system tells. Whatever is answered as taken in is durable."""
    require(WRITE)
    told = posted()
    reports = _taken_in(told.records)
    if told.batch:
        return _all(told.records, reports)
    (report,) = reports
    if report.result is Result.REJECTED:
        raise _rejected(report)
    return {"result": report.result}


def _taken_in(records: Sequence[bytes]) -> list[Report]:
    vault = cast("Vault", current_app.extensions["vault"])
    with writing() as session:
        return take_in(session, vault, records, clock.now(), Door.API, range(len(records)))


def _all(records: Sequence[bytes], reports: Sequence[Report]) -> ResponseReturnValue:
    counts = {str(result): sum(report.result is result for report in reports) for result in Result}
    rows = [
        {
            "index": index,
            "source": source,
            "id": event,
            "result": report.result,
            "reasons": _reasons(report),
        }
        for index, (record, report) in enumerate(zip(records, reports, strict=True))
        for source, event, _, _ in [names_in(record)]
    ]
    return {**counts, "records": rows}


def _rejected(report: Report) -> Problem:
    syntax = [SYNTAX[reason.code] for reason in report.reasons if reason.code in SYNTAX]
    status = syntax[0] if syntax else HTTPStatus.UNPROCESSABLE_ENTITY
    detail = "the record was rejected, and is kept in quarantine"
    return Problem(status, "rejected", detail, reasons=_reasons(report))


def _reasons(report: Report) -> list[dict[str, str | None]]:
    return [
        {"code": str(reason.code), "field": reason.field, "text": str(reason)}
        for reason in report.reasons
    ]
