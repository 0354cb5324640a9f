"""Whose an event of a case is: what of it may be handed to one person as their own.

A case has several people in it. An event that names another, that asks another for something, or
that corrects or moves such an event, is told by its kind and moment alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portal.cases.rules import kept, named
from portal.cases.words import (
    Addressee,
    Corrected,
    RequestAnswered,
    RequestMade,
    RequestMoved,
    RequestWithdrawn,
    Role,
    Unrecognised,
)
from portal.rights.words import Happened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from portal.cases.words import Event
    from portal.rights.words import Scalar, Value

PERSONS = ("person", "acts_for")
FOLLOWS = (RequestMoved, RequestAnswered, RequestWithdrawn)
# Who is asked, where no person is named: as another than the reader.
OTHERS = {
    Role.COMPLAINANT: {Addressee.PARTY, Addressee.OTHER_PARTY},
    Role.PARTY: {Addressee.COMPLAINANT, Addressee.PARTY, Addressee.OTHER_PARTY},
}


def happenings(
    told: Iterable[tuple[Event, datetime, Mapping[str, Any]]], me: UUID, role: Role
) -> tuple[Happened, ...]:
    """The events of a case for one person; each with when it was recorded and all that is kept."""
    events = list(told)
    foreign = _foreign([event for event, _, _ in events], str(me), role)
    return tuple(
        _happened(event, recorded, stored, foreign=event.id in foreign)
        for event, recorded, stored in events
    )


def _foreign(events: list[Event], me: str, role: Role) -> set[str]:
    """The ids of those events that are about somebody else."""
    found = {event.id for event in events if _about_another(kept(event.data), me, role)}
    requests = {
        event.data.request
        for event in events
        if isinstance(event.data, RequestMade) and event.id in found
    }
    for event in events:
        follows = isinstance(event.data, FOLLOWS) and event.data.request in requests
        corrects = isinstance(event.data, Corrected) and event.data.event in found
        if follows or corrects:
            found.add(event.id)
    return found


def _about_another(data: Mapping[str, Any], me: str, role: Role) -> bool:
    inner = data.get("replaced_by")
    given = inner if isinstance(inner, dict) else data
    persons = {str(given[name]) for name in PERSONS if given.get(name)}
    if persons:
        return me not in persons
    return given.get("addressee") in OTHERS.get(role, ())


def _happened(
    event: Event, recorded: datetime, stored: Mapping[str, Any], *, foreign: bool
) -> Happened:
    what = named(event.data)
    if foreign or isinstance(event.data, Unrecognised):
        return Happened(event.at, recorded, what, (), withheld=bool(stored))
    understood = kept(event.data)
    more = not set(stored) <= set(understood)  # beside what is understood it lies sealed
    return Happened(event.at, recorded, what, tuple(_facts(understood)), withheld=more)


def _facts(data: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    """Names and values. Persons are left out: the reader is known, others are not the reader's."""
    for name, value in data.items():
        if name in PERSONS:
            continue
        if isinstance(value, dict):
            yield from _facts(value)
        elif isinstance(value, list | tuple):
            yield name, _several(value)
        else:
            yield name, value


def _several(given: Sequence[object]) -> tuple[str, ...] | tuple[dict[str, Scalar], ...]:
    """Several of a kind; what is not known of one of them is left out."""
    deep = tuple(one for one in given if isinstance(one, dict))
    if deep:
        return tuple({k: v for k, v in one.items() if v is not None} for one in deep)
    return tuple(map(str, given))
