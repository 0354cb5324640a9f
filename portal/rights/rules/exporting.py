"""What is held about a person as JSON: names as the tables have them, moments in UTC."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from portal.reports.words.charts import Chart
    from portal.reports.words.pages import Paper
    from portal.rights.words import Happened, Held, HeldCase, Rows

VERSION = 2  # of this form


def as_json(held: Held) -> bytes:
    """The whole, indented, so that a person can read it too."""
    told = {
        "version": VERSION,
        "made_at": held.at,
        "person": {"name": held.name, "cpr": held.cpr, "created_at": held.since},
        **{rows.table: _rows(rows) for rows in held.rows if rows.table != "case_parties"},
        "acting_for_others": [
            one for rows in held.rows if rows.table == "case_parties" for one in _rows(rows)
        ],
        "cases": [_case(case) for case in held.cases],
        "cases_not_shown": held.hidden,
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def _rows(rows: Rows) -> list[dict[str, Any]]:
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def _case(case: HeldCase) -> dict[str, Any]:
    return {
        "id": case.id,
        **dict(case.facts),
        "parts": _rows(case.parts),
        "events": [_event(event) for event in case.events],
        "looks": _rows(case.looks),
        "estimates": _rows(case.estimates),
        "rejected_records": _rows(case.rejected),
    }


def _event(event: Happened) -> dict[str, Any]:
    return {
        "at": event.at,
        "recorded_at": event.recorded_at,
        "type": event.type,
        "data": dict(event.facts),
        "more_withheld": event.withheld,
    }


def as_pdf(paper: Paper) -> bytes:
    """The whole as a tagged PDF (PDF/UA-1), set as the reports are."""
    # Only who prints pays for the import.
    made: bytes = import_module("portal.reports.rules.printing").printed(paper, _no_chart)
    return made


def _no_chart(chart: Chart) -> bytes:
    raise AssertionError(chart.code)
