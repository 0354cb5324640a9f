"""What changes stand on: an office, themes, and two quarters whose figures are told by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from portal.figures.models import FigureQuarter, FigureUnit, StoredFigure
from portal.organisation.models import Department, Office
from portal.participation.words import Quarter
from portal.themes.models import StoredTheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

BEFORE, HELD = Quarter(2025, 3), Quarter(2025, 4)
FIGURES = {  # quarter, outcome, measure: n, of
    (BEFORE, "all", "understood"): (200, 100),
    (HELD, "all", "understood"): (200, 150),
    (BEFORE, "dismissed", "understood"): (None, None),
    (HELD, "dismissed", "understood"): (None, None),
    (BEFORE, "all", "answered"): (220, None),
    (HELD, "all", "answered"): (230, None),
}
THEMES = {
    "waiting_time": ("Ventetid", "active", []),
    "clarity_of_decision": ("Om afgørelsen kan forstås", "active", []),
    "old": ("Gammelt", "merged", ["waiting_time"]),
    "gone": ("Væk", "dropped", []),
}


def laid(session: Session) -> None:
    """Put it into a database."""
    session.add(Department(code="all", name="Afdelingen"))
    session.flush()
    session.add(
        Office(
            code="work",
            since=date(2020, 1, 1),
            until=None,
            name="Kontoret for Arbejde",
            department="all",
            groups=["employment"],
        )
    )
    session.add_all(_themes())
    for quarter in (BEFORE, HELD):
        session.add(
            FigureQuarter(year=quarter.year, number=quarter.number, closed_on=date(2026, 6, 1))
        )
    session.flush()
    session.add_all(map(_unit, (BEFORE, HELD)))
    session.flush()
    session.add_all(_figures())
    session.flush()


def _themes() -> Iterator[StoredTheme]:
    for place, (code, (title, state, into)) in enumerate(THEMES.items()):
        titles = dict.fromkeys(("da", "da-simple", "en"), title)
        yield StoredTheme(
            code=code, place=place, titles=titles, descriptions=titles, examples={},
            state=state, into=into,
        )  # fmt: skip


def _unit(quarter: Quarter) -> FigureUnit:
    return FigureUnit(
        year=quarter.year, number=quarter.number, place=0, level="office", code="work",
        name="Kontoret for Arbejde", inside="department:all",
        decided=400, invited=390, answered=220,
    )  # fmt: skip


def _figures() -> Iterator[StoredFigure]:
    for (quarter, outcome, measure), (n, of) in FIGURES.items():
        yield StoredFigure(
            year=quarter.year, number=quarter.number, unit="office:work", outcome=outcome,
            language="all", measure=measure, n=n, of=of,
        )  # fmt: skip
