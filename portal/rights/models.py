"""Requests as stored. What was written is sealed, and so is the answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, sealed
from portal.rights.rules import about_answer, about_text


class RightsRequest(Base):
    __tablename__ = "rights_requests"
    __table_args__ = (
        Index("ix_rights_requests_person_id", "person_id"),
        Index("ix_rights_requests_answered_at_due", "answered_at", "due"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    kind: Mapped[str]
    about: Mapped[str]
    case_id: Mapped[UUID | None]  # no foreign key: the request may outlive the case
    made_at: Mapped[datetime] = mapped_column(Instant)
    due: Mapped[date]
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary, info=sealed(about_text, "id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    verdict: Mapped[str | None]
    answer_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info=sealed(about_answer, "id")
    )
    answered_by: Mapped[UUID | None]  # an account of staff
