"""The codebook and what people code, as stored.

No column of a coding tells a time or an order: it stands beside a text of a citizen. What hangs
on a text goes with it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, unsealed
from portal.feedback.words import KEY_LENGTH

PLAIN = JSON().with_variant(JSONB, "postgresql")
BY_KEY = {"sqlite_with_rowid": False}  # else SQLite numbers the rows as they come


def of_a_text() -> ForeignKey:
    """The text that a row hangs on: taken out, it takes the row with it."""
    return ForeignKey("feedback_texts.key", ondelete="CASCADE")


class StoredTheme(Base):
    __tablename__ = "themes"

    code: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]  # in the codebook
    titles: Mapped[dict[str, str]] = mapped_column(PLAIN)
    descriptions: Mapped[dict[str, str]] = mapped_column(PLAIN)
    examples: Mapped[dict[str, list[str]]] = mapped_column(PLAIN)
    state: Mapped[str]
    into: Mapped[list[str]] = mapped_column(PLAIN)


class ThemeLog(Base):
    """What was done to the codebook. The last number is the codebook's version."""

    __tablename__ = "theme_log"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff_accounts.id"))
    happening: Mapped[str]
    theme: Mapped[str | None]
    into: Mapped[list[str]] = mapped_column(PLAIN)
    why: Mapped[str] = mapped_column(Text)


class ThemeCoding(Base):
    """What one person says of one text. Another's stands in a row of its own."""

    __tablename__ = "theme_codings"
    __table_args__ = (Index("ix_theme_codings_coder_id", "coder_id"), BY_KEY)

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), of_a_text(), primary_key=True)
    coder_id: Mapped[UUID] = mapped_column(ForeignKey("staff_accounts.id"), primary_key=True)
    # Said by the owner, where two coders disagree: beside what the same person may have coded.
    settles: Mapped[bool] = mapped_column(primary_key=True)
    polarity: Mapped[str]


class ThemeMark(Base):
    """One theme of one coding."""

    __tablename__ = "theme_marks"
    __table_args__ = (
        ForeignKeyConstraint(
            ["key", "coder_id", "settles"],
            ["theme_codings.key", "theme_codings.coder_id", "theme_codings.settles"],
            name="fk_theme_marks_coding",
            ondelete="CASCADE",
        ),
        Index("ix_theme_marks_theme", "theme"),
        BY_KEY,
    )

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    coder_id: Mapped[UUID] = mapped_column(primary_key=True)
    settles: Mapped[bool] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("themes.code"), primary_key=True)


class ThemeSuggestion(Base):
    """What the machine takes a text to be about."""

    __tablename__ = "theme_suggestions"
    __table_args__ = BY_KEY

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), of_a_text(), primary_key=True)
    theme: Mapped[str] = mapped_column(
        ForeignKey("themes.code", ondelete="CASCADE"), primary_key=True
    )
    confidence: Mapped[float] = mapped_column(Double)
    automatic: Mapped[bool]  # so sure that it counts, where nobody has coded the text


class ThemeModel(Base):
    """The model that was trained last."""

    __tablename__ = "theme_models"

    name: Mapped[str] = mapped_column(primary_key=True)  # of the kind of vectors that it reads
    version: Mapped[int]  # of the codebook that it was trained on
    made: Mapped[bytes] = mapped_column(LargeBinary, info=unsealed("made of released texts"))


class ThemeProposal(Base):
    """A pattern that the machine found; it is there until a person has decided on it."""

    __tablename__ = "theme_proposals"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    words: Mapped[list[str]] = mapped_column(PLAIN)


class ThemeProposalText(Base):
    """A text of a proposal; `rank` counts the most typical from 1, the others have none."""

    __tablename__ = "theme_proposal_texts"
    __table_args__ = (Index("ix_theme_proposal_texts_key", "key"), BY_KEY)

    proposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("theme_proposals.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), of_a_text(), primary_key=True)
    rank: Mapped[int | None] = mapped_column(SmallInteger)


class ThemeQuote(Base):
    """Which part of a text is quoted. The words stand in the text alone."""

    __tablename__ = "theme_quotes"
    __table_args__ = (Index("ix_theme_quotes_year_number", "year", "number"), BY_KEY)

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), of_a_text(), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("themes.code"), primary_key=True)
    polarity: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    begin: Mapped[int]
    until: Mapped[int]


class ThemeQuarter(Base):
    """A quarter whose theme figures are fixed."""

    __tablename__ = "theme_quarters"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    whole: Mapped[bool]  # every released text had been coded


class ThemeCount(Base):
    """A figure as it is shown: what is hidden is not kept either."""

    __tablename__ = "theme_counts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["year", "number"],
            ["theme_quarters.year", "theme_quarters.number"],
            name="fk_theme_counts_year_number",
        ),
        BY_KEY,
    )

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit: Mapped[str] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("themes.code"), primary_key=True)
    polarity: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int | None]
    texts: Mapped[int | None]
