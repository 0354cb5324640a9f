"""What is stored of the feed itself: which systems tell of cases, and when each was last heard."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant

DAY_MINUTES = 24 * 60


class Source(Base):
    """A case system that tells of cases, under the name that its events give as `source`."""

    __tablename__ = "sources"

    source: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]  # for people
    heard_at: Mapped[datetime] = mapped_column(Instant)
    silent_after: Mapped[int] = mapped_column(default=DAY_MINUTES)  # minutes
    # The number of its newest event, where the source numbers them one after the other.
    sequence: Mapped[int | None] = mapped_column(BigInteger)
    # The moments of the heartbeats that said so; a later one may come earlier.
    name_at: Mapped[datetime | None] = mapped_column(Instant)
    silent_after_at: Mapped[datetime | None] = mapped_column(Instant)
    sequence_at: Mapped[datetime | None] = mapped_column(Instant)
