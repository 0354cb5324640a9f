"""Issuing a report, and keeping a chart once it has been drawn."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from portal.reports.models import IssuedReport
from portal.reports.rules.gathering import quoted
from portal.reports.words.reports import AlreadyIssued

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.reports.rules.exporting import Exported
    from portal.reports.words.charts import Chart
    from portal.reports.words.pages import Paper
    from portal.reports.words.reports import Report

DRAWING = "1"  # counted up when the same chart is drawn otherwise


def issue(session: Session, account: UUID, report: Report, today: date) -> None:
    """Remember that a report was issued today, with the keys of what it quotes.

    Raises AlreadyIssued.
    """
    row = IssuedReport(
        kind=report.kind,
        subject=report.subject,
        period=str(report.period),
        issued_on=today,
        account=account,
        quotes=list(quoted(report.found)),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise AlreadyIssued from None


def chart_file(folder: Path, chart: Chart, form: str, too_few: str) -> bytes:
    """The chart as SVG, drawn once: the file is named by all that stands in it.

    A closed quarter never changes, and so neither does its chart; new words or a new way of
    drawing are another file.
    """
    told = json.dumps([DRAWING, form, too_few, asdict(chart)], ensure_ascii=False)
    path = folder / "charts" / f"{hashlib.sha256(told.encode()).hexdigest()}.svg"
    if path.exists():
        return path.read_bytes()
    # Only who draws pays for the import.
    made: bytes = import_module("portal.reports.rules.drawing").drawn(chart, form, too_few)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(made)
    beside.replace(path)  # at once, for all who read meanwhile
    return made


def paper_file(folder: Path, paper: Paper, too_few: str) -> bytes:
    """The report as a PDF, made anew each time: a quote that was withdrawn stands in no copy."""

    def draw(chart: Chart) -> bytes:
        return chart_file(folder, chart, "wide", too_few)

    made: bytes = import_module("portal.reports.rules.printing").printed(paper, draw)
    return made


def parquet_file(rows: Sequence[Exported], said: Mapping[str, str]) -> bytes:
    """The rows of a quarter as Parquet; `said` describes each column."""
    made: bytes = import_module("portal.reports.rules.parquet").as_parquet(rows, said)
    return made
