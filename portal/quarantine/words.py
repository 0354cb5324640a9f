"""What is known of a record that was rejected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from portal.feed.words import Reason


class Door(StrEnum):
    """How a record came."""

    FILE = "file"
    API = "api"


class Keeping(StrEnum):
    """What became of a kept record."""

    OPEN = "open"
    REPLAYED = "replayed"  # it, or a better telling of the same event, was taken in
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Kept:
    """A rejected record without what it says: names only where they hold nothing personal."""

    id: UUID
    received_at: datetime
    door: Door
    place: int  # line of the file, or place in the batch
    source: str | None
    event: str | None
    subject: str | None
    type: str | None
    reasons: tuple[Reason, ...]
    state: Keeping
    settled_at: datetime | None


class NotKept(Exception):
    """No such record, or one that was settled before: what it said is gone."""
