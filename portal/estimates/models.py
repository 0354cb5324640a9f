"""What is stored of the estimate: everything that was said of each case, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Instant


class Estimate(Base):
    """One thing that was said of a case from one night on: a range, or the reason for none.

    The rows of a case are its history, the one that nothing supersedes is what is said now, and
    all of them together are the ledger. A range that an alarm withholds is kept and scored as well.
    """

    __tablename__ = "estimates"
    __table_args__ = (Index("ix_estimates_settled_on_last", "settled_on", "last"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    night: Mapped[date]  # all that was known at its end
    superseded_on: Mapped[date | None]  # the night from which another row counts
    spell: Mapped[date]  # the day the clock began
    stage: Mapped[str]
    area: Mapped[str]
    unit: Mapped[str]  # the first instance
    age: Mapped[int]  # days since the clock began
    first: Mapped[date | None]
    middle: Mapped[date | None]
    last: Mapped[date | None]
    reason: Mapped[str | None]  # why the range is withheld, or that there is none
    move: Mapped[str]  # why something else is said than before
    level: Mapped[int]
    closings: Mapped[int]  # behind the group that the level names
    never: Mapped[float]  # the share of such cases that is never closed
    late_since: Mapped[date | None]  # the first upper date that passed in this spell
    settled_on: Mapped[date | None]  # closed, or the day after the upper date
    held: Mapped[bool | None]  # None once settled: closed before it was said, and not counted


class EstimateNight(Base):
    """A night that was counted, and which events were known to it."""

    __tablename__ = "estimate_nights"

    night: Mapped[date] = mapped_column(primary_key=True)
    events: Mapped[int] = mapped_column(BigInteger)  # the newest event that was known
    counted_at: Mapped[datetime] = mapped_column(Instant)
    open_cases: Mapped[int]
    ranges: Mapped[int]  # of them with a range that is shown


class EstimateCheck(Base):
    """One monthly look at an area, before it is judged: the alarms follow from these alone."""

    __tablename__ = "estimate_checks"

    on: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    observed: Mapped[int]
    expected: Mapped[float]
    held: Mapped[int]
    scored: Mapped[int]
    due: Mapped[float]


class EstimateScore(Base):
    """How many ranges were scored in a month, and how many held; `hidden`: those withheld."""

    __tablename__ = "estimate_scores"

    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    area: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # least days of age
    scored: Mapped[int]
    held: Mapped[int]
    hidden_scored: Mapped[int]
    hidden_held: Mapped[int]


class EstimateTarget(Base):
    """How often the target of an area was met in the last year."""

    __tablename__ = "estimate_targets"

    area: Mapped[str] = mapped_column(primary_key=True)
    night: Mapped[date]
    weeks: Mapped[int]
    closed: Mapped[int]
    met: Mapped[int]
