"""Persons, and the accounts of citizens and of staff: two tables that never meet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Instant

LOOKUP_BYTES = 32
TEXT_LENGTH = 255  # the OpenID specification's bound for a subject; issuers are addresses


class Person(Base):
    """A human being that a case or an account is about. Known by CPR number, if there is one."""

    __tablename__ = "persons"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    cpr_lookup: Mapped[bytes | None] = mapped_column(LargeBinary(LOOKUP_BYTES), unique=True)
    cpr_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Account(Base):
    """What a citizen signs in with: one subject at one provider, tied to one person for good."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    issuer: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    subject: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), index=True)
    loa: Mapped[str] = mapped_column(String(20))  # as it was at the last sign-in
    last_sign_in_at: Mapped[datetime] = mapped_column(Instant)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class StaffAccount(Base):
    """What a member of staff signs in with. Knows no person, so it can never become a citizen's."""

    __tablename__ = "staff_accounts"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    issuer: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    subject: Mapped[str] = mapped_column(String(TEXT_LENGTH))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    roles: Mapped[list[str]] = mapped_column(JSON)
    last_sign_in_at: Mapped[datetime] = mapped_column(Instant)
