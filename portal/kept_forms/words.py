"""A form that was sent into a session that had ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


class TooMuch(Exception):
    """More was sent than is kept."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the page of the form, where it was sent, and each field with its values."""

    page: str
    action: str
    fields: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return "Typed(…)"


@dataclass(frozen=True, slots=True)
class Kept:
    """The same, as it is kept."""

    id: UUID
    kept_at: datetime
    typed: Typed
