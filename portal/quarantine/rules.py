"""What a kept record is tied to. Pure: values in, values out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

BYTES = "latin-1"  # a text for any bytes, and back


def about_record(kept: UUID) -> str:
    """What a kept record's sealed text is tied to."""
    return f"quarantine {kept}"
