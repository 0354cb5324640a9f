"""The audit log as stored. Rows are added and never changed, which the database sees to, too."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Connection, Index, Integer, LargeBinary, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant, unsealed

MAC_BYTES = 32
KEYED = unsealed("says nothing without the key of the log")


class AuditEntry(Base):
    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_case_id_at", "case_id", "at"),
        Index("ix_audit_entries_at", "at"),
        UniqueConstraint("chain", "number"),
    )

    # In which order the database took them: of no meaning, and so in no chain.
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    act: Mapped[str]
    actor: Mapped[str]
    account_id: Mapped[UUID | None]
    role: Mapped[str | None]
    # No foreign key: a refusal may name a case that does not exist.
    case_id: Mapped[UUID | None]
    page: Mapped[str | None]
    why: Mapped[str | None]
    chain: Mapped[UUID]
    number: Mapped[int] = mapped_column(BigInteger)
    key_id: Mapped[str]
    mac: Mapped[bytes] = mapped_column(LargeBinary(MAC_BYTES), info=KEYED)


# Against mistakes, not against an administrator, who can take a trigger away: that is what the
# chains are for. On PostgreSQL a setting of the transaction lets retention pass; SQLite has none,
# and the trigger itself is taken away and put back, in one transaction.
LIFTED = "indblik.retention"
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('{LIFTED}', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'entries of the audit log are never changed';
END $$""",
    """CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries
FOR EACH ROW EXECUTE FUNCTION audit_entries_stay()""",
    """CREATE TRIGGER audit_entries_stay_whole BEFORE TRUNCATE ON audit_entries
FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay()""",
)
KEEP_UPDATES = """CREATE TRIGGER audit_entries_stay_as_they_are BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END"""
KEEP_DELETES = """CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are never changed'); END"""

STATEMENTS = {"postgresql": POSTGRESQL, "sqlite": (KEEP_UPDATES, KEEP_DELETES)}


@event.listens_for(AuditEntry.__table__, "after_create")
def _guard(_table: object, connection: Connection, **_more: object) -> None:
    for statement in STATEMENTS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@event.listens_for(AuditEntry.__table__, "after_drop")
def _unguard(_table: object, connection: Connection, **_more: object) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_entries_stay()")
