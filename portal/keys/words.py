"""What is kept of a key, and what a rotation finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portal.vault import Purpose


class State(StrEnum):
    """Where a key is in its life, in this order."""

    COMING = "coming"  # known to all, used by nobody yet
    CURRENT = "current"  # what is written is written with it
    OLD = "old"  # has a successor; what was written with it is being written anew
    RESTING = "resting"  # kept for what cannot be written anew, and goes by itself
    LEAVING = "leaving"  # nobody loads it any more; what it made is being removed


@dataclass(frozen=True, slots=True)
class Stored:
    """A key as it lies in the database."""

    purpose: Purpose
    id: str
    wrapped: bytes = field(repr=False)
    kek: str  # the name of the key that it is wrapped with
    state: State
    made_at: datetime
    since: datetime  # that it is in this state


@dataclass(frozen=True, slots=True)
class Resealed:
    """What became of the sealed texts of a column."""

    column: str
    done: int
    unreadable: int  # they open with no key at hand, and were left as they are
    busy: int = 0  # somebody else held them


class RotationRefused(Exception):
    """A step that would lose something is not taken. What is said is for the operator."""
