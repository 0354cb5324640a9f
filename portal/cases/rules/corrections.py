"""Carrying out corrections of earlier events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from portal.cases import words
from portal.cases.rules.stored import named, revived

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portal.cases.words import Event

    Key = tuple[str, str]  # a source and its id of an event


def effective(events: list[Event]) -> Iterator[Event]:
    """The events with corrections carried out; of the corrections only those without effect stay.

    The newest correction counts first, so that one of a correction is known when it is needed.
    """
    corrections: dict[Key, Event] = {}
    for event in _corrections(events):
        for mended in _corrected(event, corrections):
            if isinstance(mended.data, words.Corrected):
                corrections.setdefault((event.source, mended.data.event), mended)
            else:
                yield mended
    for event in events:
        if not isinstance(event.data, words.Corrected):
            yield from _corrected(event, corrections) if corrections else (event,)


def _corrections(events: list[Event]) -> list[Event]:
    """The newest first; of several at one moment those of other corrections before these."""
    found = {(e.source, e.id): e for e in events if isinstance(e.data, words.Corrected)}
    depths = _depths({key: _target(event) for key, event in found.items()})
    return sorted(found.values(), key=lambda e: (e.at, e.sequence, depths[e.source, e.id]))[::-1]


def _target(event: Event) -> Key:
    return (event.source, event.data.event if isinstance(event.data, words.Corrected) else "")


def _depths(targets: dict[Key, Key]) -> dict[Key, int]:
    """Of each correction, how many there are from it on: of it, of what it corrects, and so on.

    Corrections that correct each other in a ring are as deep as the ring is long.
    """
    depths: dict[Key, int] = {}
    for start in targets:
        path = list(_path(start, targets, depths))
        end = targets[path[-1]] if path else start
        ring = path[path.index(end) :] if end in path else []
        depths |= dict.fromkeys(ring, len(ring))
        for key in reversed(path[: len(path) - len(ring)]):
            depths[key] = 1 + depths.get(targets[key], 0)
    return depths


def _path(key: Key, targets: dict[Key, Key], known: Iterable[Key]) -> Iterator[Key]:
    """The corrections from this one on, up to the first that is known or was passed."""
    passed: set[Key] = set()
    while key in targets and key not in passed and key not in known:
        passed.add(key)
        yield key
        key = targets[key]


def _corrected(event: Event, corrections: dict[Key, Event]) -> Iterator[Event]:
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
