"""The register of sessions as stored. What is in a session is in the store, not here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant

KEY_LENGTH = 64  # HMAC-SHA-256 in hexadecimal
TEXT_LENGTH = 255  # as of accounts
WORD_LENGTH = 40


class SignIn(Base):
    __tablename__ = "sign_ins"
    __table_args__ = (
        Index("ix_sign_ins_kind_account_id", "kind", "account_id"),
        Index("ix_sign_ins_issuer_subject", "issuer", "subject"),
        Index("ix_sign_ins_issuer_provider_session", "issuer", "provider_session"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH))
    # No foreign key: it is a citizen's account or one of staff, two tables that never meet.
    account_id: Mapped[UUID]
    store_key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    issuer: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    subject: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    provider_session: Mapped[str | None] = mapped_column(String(TEXT_LENGTH))
    started_at: Mapped[datetime] = mapped_column(Instant, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_why: Mapped[str | None] = mapped_column(String(WORD_LENGTH))
    device: Mapped[str] = mapped_column(String(WORD_LENGTH))
