"""Changes, their public words and history, and ideas, as stored. Quarters are written 2026-3."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class ChangeRow(Base):
    __tablename__ = "changes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    theme: Mapped[str]
    unit: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    owner: Mapped[str]
    due: Mapped[date]
    effect: Mapped[str] = mapped_column(Text)
    measure: Mapped[str]
    measured_unit: Mapped[str]
    outcome: Mapped[str]
    before: Mapped[str]
    after: Mapped[str | None]
    status: Mapped[str]
    text_state: Mapped[str] = mapped_column(index=True)
    groups: Mapped[list[str]] = mapped_column(JSON)  # coarse areas, as the words were published
    since: Mapped[date | None]  # the day on which its words were published
    version: Mapped[int]


class ChangeWords(Base):
    """What citizens read of a change in one view."""

    __tablename__ = "change_words"

    change_id: Mapped[UUID] = mapped_column(
        ForeignKey("changes.id", ondelete="CASCADE"), primary_key=True
    )
    view: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    said: Mapped[str] = mapped_column(Text)
    did: Mapped[str] = mapped_column(Text)


class ChangeLine(Base):
    """A line of a change's history. It is only added to."""

    __tablename__ = "change_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[UUID] = mapped_column(
        ForeignKey("changes.id", ondelete="CASCADE"), index=True
    )
    on: Mapped[date]
    account: Mapped[UUID]  # of staff: who did it
    step: Mapped[str]
    now: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)


class IdeaRow(Base):
    __tablename__ = "ideas"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    units: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    change_id: Mapped[UUID | None] = mapped_column(ForeignKey("changes.id", ondelete="SET NULL"))
    made: Mapped[date]
    version: Mapped[int]
