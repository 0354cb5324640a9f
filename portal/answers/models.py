"""What the answer door stores, in a database of its own. No column tells when, who or where."""

from __future__ import annotations

from sqlalchemy import LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.db import NAMING

HASH_BYTES = 32


class Store(DeclarativeBase):
    """Base of the models of the door's database: the portal's tables are in another."""

    metadata = MetaData(naming_convention=NAMING)


# On SQLite both tables are kept in the order of their keys, with no number of the row beside them.
class Spent(Store):
    """A token that was used: its hash. The portal has never seen the token."""

    __tablename__ = "spent"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    cohort: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(HASH_BYTES), primary_key=True)


class Pooled(Store):
    """The answers of a cohort, in two parts: `waiting` fills, `leaving` is being released."""

    __tablename__ = "pools"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - as SQLAlchemy wants it

    cohort: Mapped[str] = mapped_column(primary_key=True)
    waiting: Mapped[bytes]
    leaving: Mapped[bytes]
    closed: Mapped[bool]  # no ticket is taken any more, whatever the clock says
