"""Know when a source said what it said of itself, so that late heartbeats change nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMNS = ("name_at", "silent_after_at", "sequence_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("sources", sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("sources", name)
