"""Reads of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from portal.problems.models import ProblemReport
from portal.problems.rules import about_answer, about_means, about_text
from portal.problems.words import Report, ReportNotFound, Status
from portal.vault import SealError

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

MOST_SHOWN = 200


def report_of(session: Session, vault: Vault, report: UUID) -> Report:
    """One report. Raises ReportNotFound."""
    row = session.get(ProblemReport, report)
    if row is None:
        raise ReportNotFound
    return _report(vault, row)


def inbox(session: Session, vault: Vault, *, waiting: bool) -> list[Report]:
    """Those that wait, the oldest first; or those that do not, the newest first."""
    rows = select(ProblemReport).limit(MOST_SHOWN)
    if waiting:
        asked = rows.where(ProblemReport.status == Status.NEW).order_by(ProblemReport.made_at)
    else:
        asked = rows.where(ProblemReport.status != Status.NEW).order_by(
            ProblemReport.made_at.desc()
        )
    return [_report(vault, row) for row in session.scalars(asked)]


def waiting_count(session: Session) -> int:
    """How many wait."""
    waiting = ProblemReport.status == Status.NEW
    return session.scalar(select(func.count()).where(waiting)) or 0


def _report(vault: Vault, row: ProblemReport) -> Report:
    return Report(
        row.id,
        row.page,
        row.state,
        row.view,
        _opened(vault, row.text_sealed, about_text(row.id)),
        _opened(vault, row.means_sealed, about_means(row.id)),
        row.made_at,
        Status(row.status),
        _opened(vault, row.answer_sealed, about_answer(row.id)),
        row.answered_at,
    )


def _opened(vault: Vault, sealed: bytes | None, about: str) -> str | None:
    if sealed is None:
        return None
    try:
        return vault.open(sealed, about)
    except SealError:
        return None
