"""Reporting, answering, and forgetting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import delete

from portal.problems.models import ProblemReport
from portal.problems.queries import waiting_count
from portal.problems.rules import KEPT, MOST_WAITING, about_answer, about_means, about_text, bare
from portal.problems.words import InboxFull, ReportNotFound, Status

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from portal.problems.words import Answer, Met
    from portal.vault import Vault


def report(session: Session, vault: Vault, met: Met, now: datetime) -> UUID:
    """Keep a report; its key is known to nobody but who made it. Raises InboxFull."""
    if waiting_count(session) >= MOST_WAITING:
        raise InboxFull
    made = uuid4()
    session.add(
        ProblemReport(
            id=made,
            page=bare(met.page),
            state=met.state,
            view=met.view,
            made_at=now,
            text_sealed=vault.seal(met.text, about_text(made)),
            means_sealed=vault.seal(met.means, about_means(made)),
            status=Status.NEW,
        )
    )
    session.flush()
    return made


def answer(  # noqa: PLR0913, PLR0917 - who answers what, and when
    session: Session, vault: Vault, account: UUID, which: UUID, given: Answer, now: datetime
) -> None:
    """Answer a report, or answer it anew. Raises ReportNotFound."""
    row = session.get(ProblemReport, which)
    if row is None:
        raise ReportNotFound
    row.status = given.status
    row.answer_sealed = vault.seal(given.text, about_answer(which))
    row.answered_at, row.answered_by = now, account
    session.flush()


def expire(session: Session, now: datetime) -> int:
    """Delete the reports that were kept long enough; how many."""
    gone = delete(ProblemReport).where(ProblemReport.made_at <= now - KEPT)
    return len(session.scalars(gone.returning(ProblemReport.id)).all())
