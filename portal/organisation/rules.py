"""Whether what is told of offices can be, and where a group is counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from portal.organisation.words import AGENCY, Level, Organisation, Structure, Unit
from portal.participation.words import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from portal.organisation.words import ToldOffice

CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


def faults(told: Organisation) -> Iterator[str]:
    """What is wrong with it: a sentence each."""
    departments = [one.code for one in told.departments]
    yield from (f"the department {code} stands twice" for code in _twice(departments))
    codes = {*departments, *(one.code for one in told.offices)}
    yield from (f"{code!r} is no code" for code in sorted(codes) if not CODE.fullmatch(code))
    yield from (
        f"the department {one.code} has no name" for one in told.departments if not one.name.strip()
    )
    for office in told.offices:
        yield from _office_faults(office, set(departments))
    for place, one in enumerate(told.offices):
        for other in told.offices[place + 1 :]:
            yield from _overlap(one, other)


def _twice(codes: list[str]) -> list[str]:
    return sorted({code for code in codes if codes.count(code) > 1})


def _office_faults(office: ToldOffice, departments: set[str]) -> Iterator[str]:
    named = f"the office {office.code} since {office.since}"
    if not office.name.strip():
        yield f"{named} has no name"
    if office.department not in departments:
        yield f"{named} is in {office.department}, which is no department"
    if office.until is not None and office.until < office.since:
        yield f"{named} ends before it begins"
    if not office.groups:
        yield f"{named} holds no group"
    yield from (f"{named} holds {group}, which is no group"
                for group in office.groups if group not in set(Group))  # fmt: skip
    yield from (f"{named} holds {group} twice" for group in _twice(list(office.groups)))


def _overlap(one: ToldOffice, other: ToldOffice) -> Iterator[str]:
    day = max(one.since, other.since)
    if not (one.on(day) and other.on(day)):
        return
    if one.code == other.code:
        yield f"the office {one.code} stands twice on {day}"
    for group in sorted(set(one.groups) & set(other.groups)):
        yield f"{group} is held by {one.code} and by {other.code} on {day}"


def lost(told: Organisation, kept: Iterable[ToldOffice], today: date) -> Iterator[str]:
    """What a file leaves out or changes of the past: a sentence each.

    An office that was closed may be left out; it stays as it was. One that was at work before
    today and still is must be told, with a last day where it has one.
    """
    since = {(one.code, one.since): one for one in told.offices}
    for old in kept:
        new = since.get((old.code, old.since))
        over = old.until is not None and old.until < today
        if new is None and not over:
            yield f"the office {old.code} since {old.since} is not told: give it a last day instead"
        elif new is not None and over and new != old:
            yield f"the office {old.code} since {old.since} is over and cannot be changed"


def joined(told: Organisation, kept: Organisation) -> Organisation:
    """What is told, and beside it what was before and is told no more."""
    departments = {one.code: one for one in (*kept.departments, *told.departments)}
    offices = {(one.code, one.since): one for one in (*kept.offices, *told.offices)}
    return Organisation(tuple(departments.values()), tuple(offices.values()))


def structure_of(told: Organisation, day: date) -> Structure:
    """The units of a day: the agency, the departments that have an office, the offices."""
    offices = [one for one in told.offices if one.on(day)]
    around = {one.code: Unit(Level.DEPARTMENT, one.code, one.name, AGENCY.key)
              for one in told.departments}  # fmt: skip
    units = [Unit(Level.OFFICE, one.code, one.name, around[one.department].key) for one in offices]
    used = {one.department for one in offices}
    departments = [around[code] for code in sorted(used)]
    holds = {group: f"{Level.OFFICE}:{one.code}" for one in offices for group in one.groups}
    return Structure((AGENCY, *departments, *sorted(units)), holds)


def holder_of(structure: Structure, groups: Iterable[str]) -> Unit:
    """The lowest unit that holds all of these groups."""
    by_key = {unit.key: unit for unit in structure.units}
    chains = [_around(by_key, structure.offices.get(group)) for group in groups]
    if not chains:
        return AGENCY
    return next(unit for unit in chains[0] if all(unit in chain for chain in chains))


def _around(by_key: dict[str, Unit], key: str | None) -> list[Unit]:
    """A unit and those around it, the agency last."""
    chain = []
    while key is not None:
        chain.append(by_key[key])
        key = by_key[key].inside
    return chain or [AGENCY]
