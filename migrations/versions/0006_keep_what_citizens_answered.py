"""Keep released answers by random key alone, and those who have volunteered until a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "feedback_ratings",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("ratings", PLAIN, nullable=False),
        sa.Column("choices", PLAIN, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_feedback_ratings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback_texts",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_feedback_texts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_feedback_texts_state_key", "feedback_texts", ["state", "key"], unique=False)
    op.create_table(
        "feedback_gone",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_feedback_gone"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "feedback_refusals",
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cohort", "reason", name="pk_feedback_refusals"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "volunteers",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("called_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_volunteers_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_volunteers"),
    )
    op.create_index("ix_volunteers_last_day", "volunteers", ["last_day"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_volunteers_last_day", table_name="volunteers")
    op.drop_table("volunteers")
    op.drop_table("feedback_refusals")
    op.drop_table("feedback_gone")
    op.drop_index("ix_feedback_texts_state_key", table_name="feedback_texts")
    op.drop_table("feedback_texts")
    op.drop_table("feedback_ratings")
