"""How long the log is kept."""

from __future__ import annotations

from datetime import date

# Long enough for a citizen to ask after a case that took its time, and for a court; no longer
# than there is a use for it. To be confirmed by the authority (docs/audit.md).
KEPT_YEARS = 2


def first_day_kept(today: date) -> date:
    """The day so many years ago; of a leap day the day after it."""
    try:
        return today.replace(year=today.year - KEPT_YEARS)
    except ValueError:
        return date(today.year - KEPT_YEARS, 3, 1)
