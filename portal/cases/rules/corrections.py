"""Carrying out corrections of earlier events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from portal.cases import words
from portal.cases.rules.stored import named, revived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.cases.words import Event


def effective(events: list[Event]) -> Iterator[Event]:
    """The events with corrections carried out; of the corrections only those without effect stay.

    The newest correction counts first, so that one of a correction is known when it is needed.
    """
    corrections: dict[tuple[str, str], Event] = {}
    for event in _corrections(events):
        for mended in _corrected(event, corrections):
            if isinstance(mended.data, words.Corrected):
                corrections.setdefault((event.source, mended.data.event), mended)
            else:
                yield mended
    for event in events:
        if not isinstance(event.data, words.Corrected):
            yield from _corrected(event, corrections)


def _corrections(events: list[Event]) -> list[Event]:
    """The newest first; of several at one moment those of other corrections before these."""
    found = {(e.source, e.id): e for e in events if isinstance(e.data, words.Corrected)}

    def depth(event: Event) -> int:
        passed: set[str] = set()
        while isinstance(event.data, words.Corrected) and event.id not in passed:
            passed.add(event.id)
            event = found.get((event.source, event.data.event), event)
        return len(passed)

    return sorted(found.values(), key=lambda e: (e.at, e.sequence, depth(e)))[::-1]


def _corrected(event: Event, corrections: dict[tuple[str, str], Event]) -> Iterator[Event]:
    correction = corrections.get((event.source, event.id))
    if correction is None or not isinstance(correction.data, words.Corrected):
        yield event
    elif correction.data.replaced_by is not None:
        try:
            data = revived(named(event.data), correction.data.replaced_by)
        except msgspec.ValidationError:
            yield event
            yield replace(correction, data=words.Unrecognised(type="corrected"))
        else:
            yield replace(event, data=data)
