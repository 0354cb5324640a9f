"""A case is what its events say: the fold from events to `State`.

Events count in the order in which they happened, whatever the order they came in, and a
correction counts from the moment of the event that it corrects. A code without words is noted in
`State.unknown` and moves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules import around, course, endings
from portal.cases.rules.corrections import effective
from portal.cases.rules.endings import overall
from portal.cases.rules.notes import ENDED, WORKING, told_of
from portal.cases.rules.stored import TYPES, VERSION, kept, named, packed, revived, unpacked
from portal.cases.words import Event, Happening, State, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from portal.cases.rules.notes import Step

__all__ = [
    "ENDED",
    "TYPES",
    "VERSION",
    "WORKING",
    "folded",
    "kept",
    "named",
    "overall",
    "packed",
    "revived",
    "unpacked",
]

ORDER = {kind: place for place, kind in enumerate(words.HAPPENINGS)}
STEPS: Mapping[type[Happening], Step] = {**course.STEPS, **endings.STEPS, **around.STEPS}


def folded(events: Iterable[Event], day_of: Callable[[datetime], date]) -> State:
    """The case that the events tell of, in whatever order they are given.

    `day_of` turns a moment into the calendar day that it counts on.
    """
    state = State()
    for event in effective(sorted(events, key=_order)):
        state = replace(_apply(event.data, state, day_of(event.at), event.id), last_event=event.at)
    return state


def _order(event: Event) -> tuple[datetime, int, int, str, str]:
    return (event.at, event.sequence, ORDER[type(event.data)], event.source, event.id)


def _apply(data: Happening, state: State, day: date, event: str) -> State:
    """The state after one event; of one without words it is told only that something happened."""
    step: Step | None = STEPS.get(type(data))
    if step is None:
        state = replace(state, unknown=(*state.unknown, Unknown("event", named(data), event)))
        # A correction that has no effect is no news to anybody but the owner of the texts.
        return state if named(data) in TYPES else told_of(state, "unclear", day)
    return step(data, state, day, event)
