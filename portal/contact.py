"""Whom to tell of a weakness: the file that every site is expected to have (RFC 9116)."""

from __future__ import annotations

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SECURITY_TXT = "/.well-known/security.txt"
PLAIN = "text/plain; charset=utf-8"
GOOD_FOR = timedelta(days=180)  # below the year that the standard advises; told anew each time
DENMARK = "+45"
DANISH_DIGITS = 8


def security_txt(now: datetime, site: str, mail: str | None, phone: str, page: str) -> str:
    """What stands in the file: the mail first, where there is one; then the phone.

    `page` is an address where a person finds how to reach us: it stands in for both.
    """
    ways = [f"mailto:{mail}" if mail else None, _dialled(phone)]
    contacts = [way for way in ways if way] or [page]
    expires = (now.astimezone(UTC) + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: {way}" for way in contacts),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: da, en",
        f"Canonical: {site}{SECURITY_TXT}",
    ]
    return "\n".join(lines) + "\n"


def _dialled(phone: str) -> str | None:
    """The number as an address, for all who call from anywhere. None where it is none."""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+"):
        return f"tel:+{digits}"
    if len(digits) == DANISH_DIGITS:
        return f"tel:{DENMARK}{digits}"
    return f"tel:+{digits.removeprefix('00')}" if digits.startswith("00") else None
