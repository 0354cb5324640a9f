"""Rejected records as stored: what they say is sealed, why they were rejected lies open."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, sealed, unsealed
from portal.quarantine.rules import about_record


class Quarantined(Base):
    __tablename__ = "quarantine"
    __table_args__ = (
        UniqueConstraint("fingerprint"),  # the same record told again is kept once
        Index("ix_quarantine_state_received_at", "state", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    received_at: Mapped[datetime] = mapped_column(Instant)
    door: Mapped[str]
    place: Mapped[int]
    source: Mapped[str | None]
    event: Mapped[str | None]
    subject: Mapped[str | None]
    type: Mapped[str | None]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON().with_variant(JSONB, "postgresql"))
    fingerprint: Mapped[bytes] = mapped_column(
        LargeBinary(32), info=unsealed("says nothing without the key of look-up values")
    )
    # None once it is settled
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=sealed(about_record, "id"))
    state: Mapped[str]
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
