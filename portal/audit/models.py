"""The audit log as stored. Rows are added and never changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant


class AuditEntry(Base):
    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_case_id_at", "case_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    act: Mapped[str]
    actor: Mapped[str]
    account_id: Mapped[UUID | None]
    role: Mapped[str | None]
    # No foreign key: a refusal may name a case that does not exist.
    case_id: Mapped[UUID | None]
    page: Mapped[str | None]
    why: Mapped[str | None]
