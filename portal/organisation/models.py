"""Departments and offices as stored. What was is never taken away."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class Department(Base):
    __tablename__ = "departments"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class Office(Base):
    """An office for as long as it holds these groups."""

    __tablename__ = "offices"

    code: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]  # its last day
    name: Mapped[str]
    department: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    groups: Mapped[list[str]] = mapped_column(JSON)
