"""Cohorts with their keys, and that a token was issued. No column holds a moment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, sealed, unsealed
from portal.participation.rules import about_key

HASH_BYTES = 32
BY_KEY = {"sqlite_with_rowid": False}  # else SQLite numbers the rows as they come


class ParticipationCohort(Base):
    """The decisions of a quarter and a coarse area, for which one key signs."""

    __tablename__ = "participation_cohorts"
    __table_args__ = BY_KEY

    name: Mapped[str] = mapped_column(primary_key=True)
    groups: Mapped[list[str]] = mapped_column(JSON)
    public: Mapped[bytes] = mapped_column(LargeBinary, info=unsealed("is published"))
    # Until issuing has ended.
    private_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info=sealed(about_key, "name")
    )
    issue_from: Mapped[date] = mapped_column(index=True)
    issue_until: Mapped[date]
    redeem_until: Mapped[date]
    invited: Mapped[int | None]  # tokens issued; counted when issuing has ended


class ParticipationToken(Base):
    """That a person was given a token for a decision, until issuing has ended.

    `blinded` is the hash of what was signed: the same may be asked for again, another may not.
    """

    __tablename__ = "participation_tokens"
    __table_args__ = BY_KEY

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    decision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    cohort: Mapped[str] = mapped_column(ForeignKey("participation_cohorts.name"), index=True)
    blinded: Mapped[bytes] = mapped_column(
        LargeBinary(HASH_BYTES), info=unsealed("a hash of a message that was blinded")
    )
