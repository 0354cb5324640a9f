"""A case is what its events say: the fold from events to `State`.

Events count in the order in which they happened, whatever the order they came in, and a
correction counts from the moment of the event that it corrects. A code without words is noted in
`State.unknown` and moves nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from portal.cases import words
from portal.cases.rules import around, course, endings
from portal.cases.rules.corrections import effective
from portal.cases.rules.drafts import Draft
from portal.cases.rules.endings import overall
from portal.cases.rules.stages import ENDED, WORKING
from portal.cases.rules.stored import (
    TYPES,
    VERSION,
    is_unreadable,
    kept,
    named,
    packed,
    readable,
    revived,
    revived_text,
    unpacked,
)
from portal.cases.words import Event, Happening, State, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from portal.cases.rules.drafts import Step

__all__ = [
    "ENDED",
    "TYPES",
    "VERSION",
    "WORKING",
    "counted",
    "counted_texts",
    "folded",
    "is_unreadable",
    "kept",
    "named",
    "overall",
    "packed",
    "readable",
    "revived",
    "revived_text",
    "unpacked",
]

ORDER = {kind: place for place, kind in enumerate(words.HAPPENINGS)}
RANK = {name: ORDER[kind] for name, kind in TYPES.items()}
CORRECTED = "corrected"

# An event as it is stored: moment in UTC, sequence, type, source, id, and data as JSON.
Telling = tuple[str, int, str, str, str, msgspec.Raw]

STEPS: Mapping[type[Happening], Step] = {**course.STEPS, **endings.STEPS, **around.STEPS}


def folded(events: Iterable[Event], day_of: Callable[[datetime], date]) -> State:
    """The case that the events tell of, in whatever order they are given.

    `day_of` turns a moment into the calendar day that it counts on.
    """
    case = Draft()
    for event in counted(events):
        _apply(event.data, case, day_of(event.at), event.id)
        case.last_event = event.at.astimezone(UTC)
    return case.state()


def counted(events: Iterable[Event]) -> Iterator[Event]:
    """The events in the order in which they count, with corrections carried out."""
    ordered = sorted(events, key=_order)
    if any(isinstance(event.data, words.Corrected) for event in ordered):
        return effective(ordered)
    return iter(ordered)


def counted_texts(
    told: Iterable[Telling], day_of: Callable[[datetime], date]
) -> list[tuple[Happening, date]]:
    """What was told of a case, in the order in which it counts, with corrections carried out.

    Raises msgspec.MsgspecError where one cannot be read.
    """
    ordered = sorted(told, key=_order_of_text)
    if not any(kind == CORRECTED for _, _, kind, *_ in ordered):
        return [
            (revived_text(kind, data), _day(at[:13], day_of)) for at, _, kind, _, _, data in ordered
        ]
    events = [
        Event(source, name, datetime.fromisoformat(f"{at}+00:00"), revived_text(kind, data), number)
        for at, number, kind, source, name, data in ordered
    ]
    return [(event.data, day_of(event.at)) for event in counted(events)]


def _order_of_text(told: Telling) -> tuple[str, int, int, str, str]:
    at, sequence, kind, source, event, _ = told
    return (at, sequence, RANK.get(kind, len(RANK)), source, event)


@lru_cache(maxsize=65536)
def _day(hour: str, day_of: Callable[[datetime], date]) -> date:
    """The day that an hour in UTC falls on: no clock that we know goes by less than hours."""
    return day_of(datetime.fromisoformat(f"{hour}:00:00+00:00"))


def _order(event: Event) -> tuple[datetime, int, int, str, str]:
    return (event.at, event.sequence, ORDER[type(event.data)], event.source, event.id)


def _apply(data: Happening, case: Draft, day: date, event: str) -> None:
    """What one event does; of one without words it is told only that something happened."""
    step: Step | None = STEPS.get(type(data))
    if step:
        step(data, case, day, event)
        return
    what = named(data)
    case.unknown.append(Unknown("event", what, event))
    if what != "corrected":
        # A correction that has no effect is no news to anybody but the owner of the texts.
        case.tell("unclear", day)
        case.stage_unclear = case.stage_unclear or is_unreadable(data)
