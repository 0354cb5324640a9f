"""Chain the entries of the audit log, and let the database refuse to change them.

The log begins anew: what was written before the first release stands in no chain, and entries
without one would be the way to slip in others.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REFUSED = "entries of the audit log are never changed"
ON_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('indblik.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '{REFUSED}';
END $$""",
    """CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION audit_entries_stay()""",
    """CREATE TRIGGER audit_entries_stay_whole BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay()""",
)
ON_SQLITE = (
    f"""CREATE TRIGGER audit_entries_stay_as_they_are BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)


def upgrade() -> None:
    _begin_anew(
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.UniqueConstraint("chain", "number", name="uq_audit_entries_chain_number"),
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in ON_POSTGRESQL if postgresql else ON_SQLITE:
        op.execute(statement)


def downgrade() -> None:
    _begin_anew()
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entries_stay()")


def _begin_anew(*more: sa.Column[object] | sa.Constraint) -> None:
    op.drop_table("audit_entries")
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        *more,
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_case_id_at", "audit_entries", ["case_id", "at"])
