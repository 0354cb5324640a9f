"""Kept forms as stored: sealed whole, so that nothing tells what they are about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, sealed
from portal.kept_forms.rules import about_form

ACCOUNT_LENGTH = 50


class KeptForm(Base):
    __tablename__ = "kept_forms"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH), index=True)  # kind and key
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info=sealed(about_form, "id", "account"))
    kept_at: Mapped[datetime] = mapped_column(Instant, index=True)
