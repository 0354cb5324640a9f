"""A case is what its events say: the fold from events to `State`.

Events count in the order in which they happened, whatever the order they came in, and a
correction counts from the moment of the event that it corrects. A code without words is noted in
`State.unknown` and moves nothing.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

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
    from datetime import date, datetime

    from portal.cases.rules.drafts import Step

__all__ = [
    "ENDED",
    "TYPES",
    "VERSION",
    "WORKING",
    "counted",
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
