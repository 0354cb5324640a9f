"""How figures about the estimates are written: shares, areas, months, reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from portal.cases.words import Area
from portal.explanations.words import UNKNOWN, Passage
from portal.pages.shell import gettext, speaker, view

if TYPE_CHECKING:
    from datetime import date

    from portal.estimates.words import Held


def share(held: int, scored: int) -> str:
    """A share in whole per cent; a dash where there is nothing to take it of."""
    if not scored:
        return "–"
    return gettext("estimates.percent") % {"share": round(100 * held / scored)}


def area_name(code: str) -> str:
    """The area in words; one that has none by its code."""
    known = code if code in set(Area) else UNKNOWN
    name = speaker().plain(Passage(f"area.{known}.name"))
    return name if known == code else f"{name} ({code})"


def month_name(day: date) -> str:
    return format_date(day, "LLLL y", view().locale)


def row_of(name: str, held: Held) -> tuple[str, str, str, str]:
    """A row of a table about what held: those that were shown, and those that were withheld."""
    return (
        name,
        str(held.scored),
        share(held.held, held.scored),
        share(held.hidden_held, held.hidden_scored),
    )
