"""What is stored of a case: its events, and what was last folded from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.cases.rules.sealing import SEALED, about_event
from portal.db import Base, Instant, sealed

# SQLite numbers rows by itself only where the key is spelt INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB, "postgresql")


class Case(Base):
    """A case, named by its source. `state` is the fold of its events, by rules of `version`."""

    __tablename__ = "cases"
    __table_args__ = (UniqueConstraint("source", "subject"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    source: Mapped[str]
    subject: Mapped[str]  # the source's own name for it
    state: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    version: Mapped[int] = mapped_column(default=0)
    withheld: Mapped[bool] = mapped_column(default=False)  # asked in every look-up, so a column
    unknown_codes: Mapped[int] = mapped_column(default=0, index=True)
    changed_at: Mapped[datetime] = mapped_column(Instant)


class CaseEvent(Base):
    """One event, as told. Rows are added and never changed."""

    __tablename__ = "case_events"
    __table_args__ = (UniqueConstraint("source", "event"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    source: Mapped[str]
    event: Mapped[str]  # the source's id of the event
    type: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    data: Mapped[dict[str, Any]] = mapped_column(
        Json, info=sealed(about_event, "source", "event", within=SEALED)
    )


class CaseParty(Base):
    """Who takes part in a case, folded from its events: what every look-up of a case asks."""

    __tablename__ = "case_parties"
    __table_args__ = (
        UniqueConstraint("case_id", "person_id", "role", "acts_for"),
        Index("ix_case_parties_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str]
    acts_for: Mapped[UUID | None]
    relation: Mapped[str | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
