"""Persons: the feed knows them by CPR number, a case by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.words import Corrected, PartyAdded, PartyEnded, RequestMade
from portal.feed.words import PartyAddedByCpr, PartyEndedByCpr, RequestMadeByCpr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from portal.cases.words import Happening
    from portal.feed.words import Heard, Told

# Fields that hold a CPR number, with the field of that person's name and of the person.
BY_CPR = {"cpr": "name", "acts_for_cpr": "acts_for_name"}
NAMING = (PartyAddedByCpr, PartyEndedByCpr, RequestMadeByCpr, Corrected)
PERSON_FIELDS = {"cpr": "person", "acts_for_cpr": "acts_for"}


def people(told: Told) -> dict[str, str | None]:
    """The persons that a record names: CPR number to name, where it is told."""
    data = told.data
    if not isinstance(data, NAMING):
        return {}
    if isinstance(data, Corrected):
        given = data.replaced_by or {}
        return {
            str(given[cpr]): _text(given.get(name)) for cpr, name in BY_CPR.items() if cpr in given
        }
    named = ((getattr(data, cpr, None), getattr(data, name, None)) for cpr, name in BY_CPR.items())
    return {cpr: name for cpr, name in named if cpr is not None}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def happening(data: Heard, persons: Mapping[str, UUID]) -> Happening:
    """The same with persons in the place of CPR numbers. `persons` holds all that are named."""
    match data:
        case PartyAddedByCpr():
            return PartyAdded(
                person=persons[data.cpr],
                role=data.role,
                relation=data.relation,
                acts_for=persons[data.acts_for_cpr] if data.acts_for_cpr else None,
                since=data.since,
                until=data.until,
            )
        case PartyEndedByCpr():
            return PartyEnded(person=persons[data.cpr], role=data.role, until=data.until)
        case RequestMadeByCpr():
            return RequestMade(
                request=data.request,
                addressee=data.addressee,
                kind=data.kind,
                due=data.due,
                person=persons[data.cpr] if data.cpr else None,
            )
        case Corrected(replaced_by=dict() as given):
            return Corrected(event=data.event, replaced_by=_with_persons(given, persons))
        case _:
            return data


def _with_persons(given: dict[str, object], persons: Mapping[str, UUID]) -> dict[str, object]:
    ids = {
        field: str(persons[str(given[cpr])]) for cpr, field in PERSON_FIELDS.items() if cpr in given
    }
    plain = {
        name: value
        for name, value in given.items()
        if name not in BY_CPR and name not in BY_CPR.values()
    }
    return plain | ids
