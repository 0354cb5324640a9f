"""Reports as stored. What was written is sealed: somebody may have said who they are after all."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, sealed
from portal.problems.rules import about_answer, about_means, about_text


class ProblemReport(Base):
    __tablename__ = "problem_reports"
    __table_args__ = (Index("ix_problem_reports_status_made_at", "status", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    page: Mapped[str]
    state: Mapped[str]
    view: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary, info=sealed(about_text, "id"))
    means_sealed: Mapped[bytes] = mapped_column(LargeBinary, info=sealed(about_means, "id"))
    status: Mapped[str]
    answer_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info=sealed(about_answer, "id")
    )
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[UUID | None]  # an account of staff
