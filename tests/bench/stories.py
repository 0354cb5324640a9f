"""A few hundred distinct cases, folded from the demonstration's stories told on several days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from portal.cases.rules import folded
from portal.cases.words import Event, Received, RequestAnswered, RequestMade, State
from portal.cli.demo.people import citizens
from portal.cli.demo.stories import stories, told_on
from portal.clock import day_of
from portal.feed.rules import happening, parsed, people
from portal.feed.words import Told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from portal.cases.words import Happening
    from portal.feed.words import Heartbeat, Rejected

NAMES = UUID(int=0)  # the namespace of persons who are replaced in every copy
DAYS_BACK = (0, 7, 14, 21)  # the same story, told from another day
ROUTINE: tuple[tuple[timedelta, Happening], ...] = (
    (timedelta(days=1), RequestMade(request="a", addressee="authority", kind="documents")),
    (timedelta(days=3), RequestMade(request="b", addressee="doctor", kind="medical")),
    (timedelta(days=4), RequestAnswered(request="a")),
    (timedelta(days=6), RequestAnswered(request="b")),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A case to be copied. `persons` are those whom a copy replaces, the complainant first."""

    events: tuple[Event, ...]
    state: State
    persons: tuple[UUID, ...]


def patterns(now: datetime) -> Iterator[Pattern]:
    """Each story of the demonstration, as told on several days up to today."""
    whole = {replace(story, subject=""): story for story in stories()}  # the copies of one: once
    for back in DAYS_BACK:
        for story in whole.values():
            records = told_on(story, day_of(now) - timedelta(days=back), citizens())
            yield _pattern([parsed(record, now) for record in records])


def _pattern(read: list[Told | Heartbeat | Rejected]) -> Pattern:
    told = [one for one in read if isinstance(one, Told)]
    named = {cpr: uuid5(NAMES, cpr) for one in told for cpr in people(one)}
    events = tuple(
        Event(one.source, one.id, one.at, happening(one.data, named), one.sequence) for one in told
    )
    whole = (*events, *_routine(events))
    return Pattern(whole, folded(whole, day_of), tuple(named.values()))


def _routine(events: tuple[Event, ...]) -> Iterator[Event]:
    """What an office does in every case that it has received, and the stories leave out."""
    for event in events:
        if isinstance(event.data, Received):
            for place, (days, data) in enumerate(ROUTINE):
                yield Event(event.source, f"routine-{place}", event.at + days, data)
