"""Who takes part in a case, as its events tell it."""

from __future__ import annotations

from datetime import date

from portal.cases.words import (
    PartyAdded,
    PartyEnded,
)
from tests.rooms.cases.stories import (
    BENT,
    KAREN,
    case,
    day,
)

MAY = date(2026, 5, 12)


def test_parties_come_and_go() -> None:
    came = PartyAdded(person=KAREN, role="complainant", since=date(2026, 1, 1))
    acts = PartyAdded(person=BENT, role="parent", relation="far", acts_for=KAREN, until=MAY)
    went = PartyEnded(person=KAREN, role="complainant", until=MAY)
    state = case(came, acts, went)
    karen, bent = state.parties
    assert (karen.person, karen.role, karen.since, karen.until) == (
        KAREN,
        "complainant",
        date(2026, 1, 1),
        MAY,
    )
    assert (bent.relation, bent.acts_for, bent.since, bent.until) == ("far", KAREN, day(2), MAY)


def test_one_person_may_have_two_parts_and_each_is_told_once() -> None:
    first = PartyAdded(person=KAREN, role="complainant")
    second = PartyAdded(person=KAREN, role="parent", relation="mor")
    mended = PartyAdded(person=KAREN, role="parent", relation="værge")
    other = PartyAdded(person=BENT, role="parent", relation="far")
    state = case(first, second, other, mended)
    assert [(p.person, p.role, p.relation) for p in state.parties] == [
        (KAREN, "complainant", None),
        (BENT, "parent", "far"),
        (KAREN, "parent", "værge"),
    ]


def test_a_part_that_ends_ends_no_other() -> None:
    state = case(
        PartyAdded(person=KAREN, role="complainant"),
        PartyAdded(person=KAREN, role="parent", relation="mor"),
        PartyAdded(person=BENT, role="parent", relation="far"),
        PartyEnded(person=KAREN, role="parent", until=MAY),
    )
    assert [party.until for party in state.parties] == [None, MAY, None]
