"""Invented changes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.changes.words import By, Indicator, Known, Plan, Told
from portal.participation.words import Quarter

TODAY = date(2026, 11, 22)
BY = By(UUID(int=7), TODAY)
VIEWS = ("da", "da-simple", "en")
BEFORE, AFTER = Quarter(2025, 4), Quarter(2026, 2)
INDICATOR = Indicator("understood", "office:employment", "all", BEFORE, AFTER)
PLAN = Plan(
    "clarity_of_decision",
    "office:employment",
    "Resultatet først i brevet",
    "Kontorchefen",
    date(2026, 12, 1),
    "Flere forstår afgørelsen.",
    INDICATOR,
)
KNOWN = Known(
    {
        "clarity_of_decision": ("active", ()),
        "old": ("merged", ("clarity_of_decision",)),
        "older": ("merged", ("old",)),
        "parted": ("split", ("clarity_of_decision", "waiting_time")),
        "gone": ("dropped", ()),
        "round": ("merged", ("about",)),
        "about": ("merged", ("round",)),
    },
    frozenset({"agency:all", "office:employment"}),
    frozenset({"understood", "fair_time"}),
    frozenset({"all", "better"}),
    (AFTER, Quarter(2026, 1), BEFORE),
)


def words(*views: str) -> dict[str, Told]:
    return {view: Told(f"Titel {view}", f"Sagt {view}", f"Gjort {view}") for view in views}
