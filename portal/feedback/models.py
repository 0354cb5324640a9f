"""Released answers as stored.

No column tells a time, a person, a case or an order. On SQLite the rows lie in the order of their
random keys; on PostgreSQL, where a table has no order of its own, they are put in by it.
"""

from __future__ import annotations

from sqlalchemy import JSON, Index, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base
from portal.feedback.words import KEY_LENGTH

PLAIN = JSON().with_variant(JSONB, "postgresql")
BY_KEY = {"sqlite_with_rowid": False}  # else SQLite numbers the rows as they come


class FeedbackRatings(Base):
    """The ratings and choices of one answer."""

    __tablename__ = "feedback_ratings"
    __table_args__ = BY_KEY

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    cohort: Mapped[str]
    version: Mapped[str]
    lang: Mapped[str]
    ratings: Mapped[dict[str, str]] = mapped_column(PLAIN)
    choices: Mapped[dict[str, list[str]]] = mapped_column(PLAIN)


class FeedbackText(Base):
    """One text. It is seen by those who release until it is released, and deleted if it is not."""

    __tablename__ = "feedback_texts"
    __table_args__ = (Index("ix_feedback_texts_state_key", "state", "key"), BY_KEY)

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    cohort: Mapped[str]
    version: Mapped[str]
    lang: Mapped[str]
    question: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str]


class FeedbackGone(Base):
    """The random key of a text that was taken out, so that a repeated release brings none back."""

    __tablename__ = "feedback_gone"
    __table_args__ = BY_KEY

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)


class FeedbackRefusals(Base):
    """How many texts of a cohort were taken out, and why."""

    __tablename__ = "feedback_refusals"
    __table_args__ = BY_KEY

    cohort: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
