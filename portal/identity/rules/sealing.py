"""What sealed texts of persons and accounts are tied to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


def about_cpr(person_id: UUID) -> str:
    """What a person's sealed CPR number is tied to."""
    return f"person {person_id} cpr"


def about_name(person_id: UUID) -> str:
    """What a person's sealed name is tied to."""
    return f"person {person_id} name"


def about_staff_name(account_id: UUID) -> str:
    """What a member of staff's sealed name is tied to."""
    return f"staff {account_id} name"
