"""Keep the codebook, what people code, what a machine proposes, exact quotes and theme figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLES = (
    "theme_counts",
    "theme_quarters",
    "theme_quotes",
    "theme_proposal_texts",
    "theme_proposals",
    "theme_models",
    "theme_suggestions",
    "theme_marks",
    "theme_codings",
    "theme_log",
    "themes",
)


def _key() -> sa.Column[str]:
    return sa.Column("key", sa.String(length=32), nullable=False)


def _of_a_text(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["key"], ["feedback_texts.key"], name=f"fk_{table}_key", ondelete="CASCADE"
    )


def upgrade() -> None:
    _codebook()
    _codings()
    _machine()
    _shown()


def _codebook() -> None:
    op.create_table(
        "themes",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("titles", PLAIN, nullable=False),
        sa.Column("descriptions", PLAIN, nullable=False),
        sa.Column("examples", PLAIN, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("into", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_themes"),
    )
    op.create_table(
        "theme_log",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("happening", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("into", PLAIN, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name="fk_theme_log_account_id"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_theme_log"),
    )


def _codings() -> None:
    op.create_table(
        "theme_codings",
        _key(),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["staff_accounts.id"], name="fk_theme_codings_coder_id"
        ),
        _of_a_text("theme_codings"),
        sa.PrimaryKeyConstraint("key", "coder_id", "settles", name="pk_theme_codings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_theme_codings_coder_id", "theme_codings", ["coder_id"], unique=False)
    op.create_table(
        "theme_marks",
        _key(),
        sa.Column("coder_id", sa.Uuid(), nullable=False),
        sa.Column("settles", sa.Boolean(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key", "coder_id", "settles"],
            ["theme_codings.key", "theme_codings.coder_id", "theme_codings.settles"],
            name="fk_theme_marks_coding",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["theme"], ["themes.code"], name="fk_theme_marks_theme"),
        sa.PrimaryKeyConstraint("key", "coder_id", "settles", "theme", name="pk_theme_marks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_theme_marks_theme", "theme_marks", ["theme"], unique=False)


def _machine() -> None:
    op.create_table(
        "theme_suggestions",
        _key(),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        _of_a_text("theme_suggestions"),
        sa.ForeignKeyConstraint(
            ["theme"], ["themes.code"], name="fk_theme_suggestions_theme", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "theme", name="pk_theme_suggestions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "theme_models",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_theme_models"),
    )
    op.create_table(
        "theme_proposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("words", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_theme_proposals"),
    )
    op.create_table(
        "theme_proposal_texts",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        _key(),
        sa.Column("rank", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["theme_proposals.id"],
            name="fk_theme_proposal_texts_proposal_id",
            ondelete="CASCADE",
        ),
        _of_a_text("theme_proposal_texts"),
        sa.PrimaryKeyConstraint("proposal_id", "key", name="pk_theme_proposal_texts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_theme_proposal_texts_key", "theme_proposal_texts", ["key"], unique=False)


def _quarter() -> tuple[sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
    )


def _shown() -> None:
    op.create_table(
        "theme_quotes",
        _key(),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begin", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        _of_a_text("theme_quotes"),
        sa.ForeignKeyConstraint(["theme"], ["themes.code"], name="fk_theme_quotes_theme"),
        sa.PrimaryKeyConstraint("key", "unit", "theme", "polarity", name="pk_theme_quotes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_theme_quotes_year_number", "theme_quotes", ["year", "number"], unique=False)
    op.create_table(
        "theme_quarters",
        *_quarter(),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("year", "number", name="pk_theme_quarters"),
    )
    op.create_table(
        "theme_counts",
        *_quarter(),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("texts", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["year", "number"],
            ["theme_quarters.year", "theme_quarters.number"],
            name="fk_theme_counts_year_number",
        ),
        sa.ForeignKeyConstraint(["theme"], ["themes.code"], name="fk_theme_counts_theme"),
        sa.PrimaryKeyConstraint(
            "year", "number", "unit", "theme", "polarity", name="pk_theme_counts"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
