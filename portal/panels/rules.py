"""What a registration is held to. Pure: values in, values out."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from portal.panels.words import Reach, WrongContact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from portal.panels.words import Purpose

LONGEST_ADDRESS = 254  # RFC 5321
EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@[^\s@<>()\[\],;:\"\\.]+(?:\.[^\s@<>()\[\],;:\"\\.]+)+")
PHONE = re.compile(r"(?:\+|00)?[0-9]{8,15}")
SPACED = re.compile(r"[\s.\-/()]+")
MONTHS = 12


def about_contact(person_id: UUID) -> str:
    """What a volunteer's sealed contact is tied to."""
    return f"panel {person_id} contact"


def about_called(person_id: UUID) -> str:
    """What the sealed name that a volunteer goes by is tied to."""
    return f"panel {person_id} called"


def purpose_on(purposes: Sequence[Purpose], day: date) -> Purpose | None:
    """What is agreed to on this day; nobody can volunteer where there is nothing."""
    begun = [purpose for purpose in purposes if purpose.valid_from <= day]
    return max(begun, key=lambda purpose: purpose.valid_from, default=None)


def last_day(agreed_on: date, months: int) -> date:
    """The last day of a registration: the same day of the month, or the last one it has."""
    years, month = divmod(agreed_on.month - 1 + months, MONTHS)
    year = agreed_on.year + years
    longest = calendar.monthrange(year, month + 1)[1]
    return agreed_on.replace(year=year, month=month + 1, day=min(agreed_on.day, longest))


def contact_of(told: str) -> tuple[Reach, str]:
    """An e-mail address, or a telephone number without its spaces. Raises WrongContact."""
    plain = told.strip()
    if not plain.isprintable():
        raise WrongContact
    if EMAIL.fullmatch(plain) and len(plain) <= LONGEST_ADDRESS:
        return Reach.EMAIL, plain
    digits = SPACED.sub("", plain)
    if PHONE.fullmatch(digits):
        return Reach.PHONE, digits
    raise WrongContact
