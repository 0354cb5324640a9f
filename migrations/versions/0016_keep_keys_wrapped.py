"""Keep keys, wrapped, and a second place for look-up values while their key is replaced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CURRENT = sa.text("state = 'current'")
THERE = sa.text("cpr_lookup_other IS NOT NULL")
OTHER = "uq_persons_cpr_lookup_other"


def upgrade() -> None:
    op.create_table(
        "vault_keys",
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("kek", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("purpose", "id", name="pk_vault_keys"),
    )
    op.create_index(
        "uq_vault_keys_current",
        "vault_keys",
        ["purpose"],
        unique=True,
        postgresql_where=CURRENT,
        sqlite_where=CURRENT,
    )
    op.add_column("persons", sa.Column("cpr_lookup_other", sa.LargeBinary(32), nullable=True))
    op.create_index(
        OTHER,
        "persons",
        ["cpr_lookup_other"],
        unique=True,
        postgresql_where=THERE,
        sqlite_where=THERE,
    )


def downgrade() -> None:
    op.drop_index(OTHER, table_name="persons")
    with op.batch_alter_table("persons") as persons:
        persons.drop_column("cpr_lookup_other")
    op.drop_table("vault_keys")
