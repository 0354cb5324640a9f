"""How a kept form is written, how much of one is kept, and for how long."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from portal.kept_forms.words import TooMuch, Typed

if TYPE_CHECKING:
    from uuid import UUID

# WCAG 2.2.6 asks for more than twenty hours.
KEPT = timedelta(hours=24)
MOST = 5  # of one account; the oldest goes
MOST_BYTES = 64 * 1024  # what one request may bring
MOST_FIELDS = 500


def about_form(kept: UUID, account: str) -> str:
    """What a kept form is tied to: its own place, and the account that may read it."""
    return f"kept form {kept} {account}"


def written(typed: Typed) -> str:
    """The form as a text. Raises TooMuch."""
    told = json.dumps([typed.page, typed.action, typed.fields], ensure_ascii=False)
    if len(typed.fields) > MOST_FIELDS or len(told.encode("utf-8", "replace")) > MOST_BYTES:
        raise TooMuch
    return told


def read(told: str) -> Typed:
    """The form that a text says."""
    page, action, fields = json.loads(told)
    return Typed(page, action, tuple((name, value) for name, value in fields))
