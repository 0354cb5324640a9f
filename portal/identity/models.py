"""Persons, and the accounts of citizens and of staff: two tables that never meet."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Instant, sealed, unsealed
from portal.identity.rules import about_cpr, about_name, about_staff_name

LOOKUP_BYTES = 32
TEXT_LENGTH = 255  # the OpenID specification's bound for a subject; issuers are addresses


KEYED = unsealed("says nothing without the key of look-up values")


class Person(Base):
    """A human being that a case or an account is about. Known by CPR number, if there is one."""

    __tablename__ = "persons"
    __table_args__ = (
        # Empty but for one rotation in two: an index of what is there costs nothing meanwhile.
        Index(
            "uq_persons_cpr_lookup_other",
            "cpr_lookup_other",
            unique=True,
            postgresql_where=text("cpr_lookup_other IS NOT NULL"),
            sqlite_where=text("cpr_lookup_other IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    # Two places: while a key is replaced, each person can be found by the old one and the new.
    cpr_lookup: Mapped[bytes | None] = mapped_column(
        LargeBinary(LOOKUP_BYTES), unique=True, info=KEYED
    )
    cpr_lookup_other: Mapped[bytes | None] = mapped_column(LargeBinary(LOOKUP_BYTES), info=KEYED)
    cpr_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=sealed(about_cpr, "id"))
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, info=sealed(about_name, "id"))
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
    name_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info=sealed(about_staff_name, "id")
    )
    roles: Mapped[list[str]] = mapped_column(JSON)
    last_sign_in_at: Mapped[datetime] = mapped_column(Instant)
