"""Issued reports as stored: that one was issued, and what it quoted. Its text is made anew."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class IssuedReport(Base):
    """Once for each subject and period. No text of a citizen stands here, only its key."""

    __tablename__ = "issued_reports"
    __table_args__ = (UniqueConstraint("kind", "subject", "period"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str]
    subject: Mapped[str]  # "<level>:<code>" of a unit, or the code of a theme
    period: Mapped[str]
    issued_on: Mapped[date]
    account: Mapped[UUID]  # of staff: who issued it
    quotes: Mapped[list[str]] = mapped_column(JSON)
