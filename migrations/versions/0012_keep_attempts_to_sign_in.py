"""Keep attempts to sign in, and the logout tokens that were used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audience", sa.String(10), nullable=False),
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("outcome", sa.String(50), nullable=False),
        sa.Column("subject", sa.String(255), nullable=True),
        sa.Column("level", sa.String(20), nullable=True),
        sa.Column("provider_session", sa.String(255), nullable=True),
        sa.Column("transaction", sa.String(255), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_at", "sign_in_attempts", ["at"])
    op.create_table(
        "spent_logout_tokens",
        sa.Column("issuer", sa.String(255), nullable=False),
        sa.Column("jti", sa.String(255), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "jti", name="pk_spent_logout_tokens"),
    )
    op.create_index("ix_spent_logout_tokens_until", "spent_logout_tokens", ["until"])


def downgrade() -> None:
    op.drop_table("spent_logout_tokens")
    op.drop_table("sign_in_attempts")
