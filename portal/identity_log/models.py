"""The identity log as stored, and the logout tokens that may not come twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant
from portal.identity_log.words import LONGEST


class SignInAttempt(Base):
    """One attempt to sign in. Named by no case, and by no key of a person here."""

    __tablename__ = "sign_in_attempts"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    audience: Mapped[str] = mapped_column(String(10))
    issuer: Mapped[str] = mapped_column(String(LONGEST))
    outcome: Mapped[str] = mapped_column(String(50))
    subject: Mapped[str | None] = mapped_column(String(LONGEST))
    level: Mapped[str | None] = mapped_column(String(20))
    provider_session: Mapped[str | None] = mapped_column(String(LONGEST))
    transaction: Mapped[str | None] = mapped_column(String(LONGEST))


class SpentToken(Base):
    """A logout token that was believed, for as long as it could be shown again."""

    __tablename__ = "spent_logout_tokens"

    issuer: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    jti: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    until: Mapped[datetime] = mapped_column(Instant, index=True)
