"""Make the ledger of estimates, and what its alarms and figures are made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "estimates",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("spell", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("middle", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("closings", sa.Integer(), nullable=False),
        sa.Column("never", sa.Double(), nullable=False),
        sa.Column("late_since", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_estimates_case_id"),
        sa.PrimaryKeyConstraint("case_id", "version", name="pk_estimates"),
    )
    op.create_index(
        "ix_estimates_settled_on_last", "estimates", ["settled_on", "last"], unique=False
    )
    op.create_table(
        "estimate_nights",
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_cases", sa.Integer(), nullable=False),
        sa.Column("ranges", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("night", name="pk_estimate_nights"),
    )
    op.create_table(
        "estimate_checks",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("observed", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("on", "area", name="pk_estimate_checks"),
    )
    op.create_table(
        "estimate_scores",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("hidden_scored", sa.Integer(), nullable=False),
        sa.Column("hidden_held", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "area", "unit", "band", name="pk_estimate_scores"),
    )
    op.create_table(
        "estimate_targets",
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("area", name="pk_estimate_targets"),
    )


def downgrade() -> None:
    op.drop_table("estimate_targets")
    op.drop_table("estimate_scores")
    op.drop_table("estimate_checks")
    op.drop_table("estimate_nights")
    op.drop_index("ix_estimates_settled_on_last", table_name="estimates")
    op.drop_table("estimates")
