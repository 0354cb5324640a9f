"""What each event does to what surrounds a case: its parties, its links, its being shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules.notes import noted, told_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.cases.rules.notes import Step
    from portal.cases.words import State


def _linked(data: words.Linked, state: State, day: date, event: str) -> State:
    state = noted(state, "link", data.kind, words.LinkKind, event)
    state = replace(state, links=(*state.links, data))
    return told_of(state, "continues", day) if data.kind == words.LinkKind.CONTINUES else state


def _withheld(data: words.Withheld, state: State, day: date, event: str) -> State:
    del day, event
    return replace(state, withheld=data.reason)


def _released(data: words.Released, state: State, day: date, event: str) -> State:
    del data, day, event
    return replace(state, withheld=None)


def _party_added(data: words.PartyAdded, state: State, day: date, event: str) -> State:
    state = noted(state, "role", data.role, words.Role, event)
    party = words.Party(
        data.person, data.role, data.relation, data.acts_for, data.since or day, data.until
    )
    seat = (data.person, data.role, data.acts_for)  # one may act for several in the same case
    others = tuple(p for p in state.parties if (p.person, p.role, p.acts_for) != seat)
    return replace(state, parties=(*others, party))


def _party_ended(data: words.PartyEnded, state: State, day: date, event: str) -> State:
    del day, event
    parties = tuple(
        replace(p, until=data.until) if (p.person, p.role) == (data.person, data.role) else p
        for p in state.parties
    )
    return replace(state, parties=parties)


# A table, and no decorators: `make mutate` plants no faults in decorated functions.
STEPS: Mapping[type[words.Happening], Step] = {
    words.Linked: _linked,
    words.Withheld: _withheld,
    words.Released: _released,
    words.PartyAdded: _party_added,
    words.PartyEnded: _party_ended,
}
