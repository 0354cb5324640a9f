"""Keys as stored: wrapped, so that whoever has the database has none of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, unsealed


class VaultKey(Base):
    __tablename__ = "vault_keys"
    __table_args__ = (
        Index(
            "uq_vault_keys_current",
            "purpose",
            unique=True,
            postgresql_where=text("state = 'current'"),
            sqlite_where=text("state = 'current'"),
        ),
    )

    purpose: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(
        LargeBinary, info=unsealed("is wrapped with a key-encryption key")
    )
    kek: Mapped[str]
    state: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    since: Mapped[datetime] = mapped_column(Instant)
