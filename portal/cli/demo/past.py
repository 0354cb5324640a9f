"""An invented past: cases that were decided, so that the open ones have an expected decision date.

The cases belong to nobody. The same are told on the same day, always.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal import clock
from portal.cases import words
from portal.cases.actions import record_many
from portal.cases.words import Area, Event
from portal.cli.demo.stories import SOURCES, day
from portal.cli.nights import count
from portal.cli.statistics import close

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Engine

    from portal.cases.words import Happening

EACH = 50  # cases of each area
DAYS = 900  # over which they came in
NIGHTS = (140, 105, 70, 35, 1)  # days ago: counted, so that there is a ledger
# In turns of the cases of an area, so that some have many cases, and one has few.
AUTHORITIES = (
    *("Aarhus Kommune", "Københavns Kommune", "Udbetaling Danmark", "Odder Kommune"),
    *("Aarhus Kommune", "Københavns Kommune", "Udbetaling Danmark", "Silkeborg Kommune"),
    *("Aarhus Kommune", "Københavns Kommune", "Esbjerg Kommune", "Odder Kommune"),
    *("Aarhus Kommune", "Kolding Kommune", "Udbetaling Danmark", "Thisted Kommune"),
    *("Odense Kommune", "Københavns Kommune", "Gladsaxe Kommune", "Odder Kommune"),
)
STEPS: tuple[tuple[Happening, int], ...] = (
    (words.Assigned(office="Kontor for klager"), 24),
    (words.StageEntered(stage="hearing"), 14),
    (words.StageEntered(stage="assessment"), 12),
    (words.Decided(outcome="upheld"), 18),
)
# Of hundred decisions.
OUTCOMES = {
    "upheld": 60, "returned": 17, "changed": 9, "dismissed": 8, "annulled": 3, "passed_on": 3,
}  # fmt: skip


def tell_past(engine: Engine, now: datetime) -> None:
    """Put the past into the database, count some of its nights, and close its years."""
    source, today = SOURCES["board"][0], clock.day_of(now)
    writing = engine.execution_options(writes=True)
    for area in Area:
        told = {(source, subject): events for subject, events in _cases(source, area, today)}
        with Session(writing) as session:
            record_many(session, told, now, {})
            session.commit()
    for ago in NIGHTS:
        count(engine, today - timedelta(days=ago), now)
    close(engine, today)


def _cases(source: str, area: Area, today: date) -> Iterator[tuple[str, list[Event]]]:
    """The cases of an area, each with all that has happened to it by yesterday."""
    random = Random(area)  # noqa: S311 - drawn for show
    ends = Random(f"{area} ends")  # noqa: S311 - as above
    for number in range(EACH):
        subject = f"{area}-{number}"
        ago = DAYS - number * DAYS // EACH
        received = words.Received(
            number=subject, area=area, authority=AUTHORITIES[number % len(AUTHORITIES)]
        )
        happened: list[tuple[int, Happening]] = [(ago, received)]
        outcome = _outcome(ends)
        for step, median in STEPS:
            ago -= round(median * random.lognormvariate(0, 0.5)) + 1
            if ago < 1:
                break
            happened.append((ago, outcome if isinstance(step, words.Decided) else step))
        yield (
            subject,
            [
                Event(source, f"{subject}-{place}", _at(today, days), data, place)
                for place, (days, data) in enumerate(happened)
            ],
        )


def _outcome(random: Random) -> Happening:
    """A decision, as often for this side or that as is usual."""
    drawn = random.choices(
        (*OUTCOMES, "upheld"), (*OUTCOMES.values(), 100 - sum(OUTCOMES.values()))
    )
    return words.Decided(outcome=drawn[0])


def _at(today: date, ago: int) -> datetime:
    return datetime.combine(day(today, -ago), time(9), clock.COPENHAGEN)
