"""Cases told in tests: one event a day unless a test says otherwise, about invented people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from portal.cases.rules import folded
from portal.cases.words import (
    Assigned,
    Closed,
    Decided,
    Event,
    Filed,
    Happening,
    Issue,
    Received,
    RequestMade,
    StageEntered,
    State,
)
from portal.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE = "https://sager.example/"
AUTHORITY = "Rugballe Kommune"
NUMBER = "26-10417"
FIRST_DAY = date(2026, 1, 5)  # a Monday

KAREN, BENT, LISE = (UUID(int=number) for number in (1, 2, 3))  # complainant, party, acts for one

FILED = Filed(authority=AUTHORITY, area="sickness_benefit")
RECEIVED = Received(number=NUMBER, area="sickness_benefit", authority=AUTHORITY)
ASSIGNED = Assigned(office="Kontor for arbejde")
UPHELD = Decided(outcome="upheld")
RETURNED = Decided(outcome="returned", authority_due=date(2026, 6, 1))
COMPLETED = Closed(reason="completed")
INCOME = RequestMade(request="r1", addressee="complainant", kind="income", due=date(2026, 2, 2))


def entered(stage: str) -> StageEntered:
    return StageEntered(stage=stage)


def issue(outcome: str, favours: str | None = None, title: str = "Sygedagpenge") -> Issue:
    return Issue(title=title, outcome=outcome, favours=favours)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def day(number: int) -> date:
    """The day on which the event of that place in a story happened, counted from 1."""
    return FIRST_DAY + timedelta(days=number - 1)


def told(*happenings: Happening, source: str = SOURCE, first: int = 1) -> list[Event]:
    """Events `e1`, `e2` … on one day after the other."""
    return [
        Event(source, f"e{number}", noon(day(number)), data)
        for number, data in zip(count(first), happenings, strict=False)
    ]


def fold(events: Iterable[Event]) -> State:
    return folded(events, day_of)


def case(*happenings: Happening) -> State:
    """The case after these happenings, one a day from the first."""
    return fold(told(*happenings))


def decided(outcome: str, favours: str | None = None, *issues: Issue, **rest: Any) -> State:  # noqa: ANN401 - any further field
    """A case that was examined and then decided."""
    made = Decided(outcome=outcome, favours=favours, issues=issues, **rest)
    return case(RECEIVED, ASSIGNED, entered("assessment"), made)
