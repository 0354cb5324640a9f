"""Volunteers as stored: what leads to a person is sealed. Days only; no case and no answer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, sealed
from portal.panels.rules import about_called, about_contact


class Volunteer(Base):
    __tablename__ = "volunteers"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    reach: Mapped[str]
    contact_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, info=sealed(about_contact, "person_id")
    )
    called_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info=sealed(about_called, "person_id")
    )
    consent_version: Mapped[str]
    agreed_on: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
