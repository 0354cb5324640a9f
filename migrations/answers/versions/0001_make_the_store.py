"""Make the tables of the answer door."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# A pool is written anew at each answer. PostgreSQL takes away what stood there before as soon as it
# looks (once a minute), and reuses its place; it spends no time on making a pool smaller.
TIDY = "autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0"
TOAST = ", ".join(f"toast.{setting}" for setting in TIDY.split(", "))


def upgrade() -> None:
    op.create_table(
        "pools",
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("waiting", sa.LargeBinary(), nullable=False),
        sa.Column("leaving", sa.LargeBinary(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cohort", name="pk_pools"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spent",
        sa.Column("cohort", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("cohort", "hash", name="pk_spent"),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE pools SET ({TIDY}, {TOAST})")
        op.execute("ALTER TABLE pools ALTER waiting SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE pools ALTER leaving SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_table("spent")
    op.drop_table("pools")
