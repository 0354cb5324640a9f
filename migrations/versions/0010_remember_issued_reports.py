"""Remember which reports were issued, and what they quoted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issued_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.Column("quotes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issued_reports"),
        sa.UniqueConstraint(
            "kind", "subject", "period", name="uq_issued_reports_kind_subject_period"
        ),
    )


def downgrade() -> None:
    op.drop_table("issued_reports")
