"""Issue tokens for answers: cohorts with their keys, and that a token was issued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participation_cohorts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("issue_from", sa.Date(), nullable=False),
        sa.Column("issue_until", sa.Date(), nullable=False),
        sa.Column("redeem_until", sa.Date(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_participation_cohorts"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_participation_cohorts_issue_from", "participation_cohorts", ["issue_from"], unique=False
    )
    op.create_table(
        "participation_tokens",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("blinded", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_participation_tokens_case_id"),
        sa.ForeignKeyConstraint(
            ["cohort"], ["participation_cohorts.name"], name="fk_participation_tokens_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name="fk_participation_tokens_person_id"
        ),
        sa.PrimaryKeyConstraint("case_id", "decision", "person_id", name="pk_participation_tokens"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_participation_tokens_cohort", "participation_tokens", ["cohort"], unique=False
    )


def downgrade() -> None:
    op.drop_table("participation_tokens")
    op.drop_table("participation_cohorts")
