"""What each event does to what surrounds a case: its parties, its links, its being shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.cases.rules.drafts import Draft, Step


def _linked(data: words.Linked, case: Draft, day: date, event: str) -> None:
    case.note("link", data.kind, words.LinkKind, event)
    case.links.append(data)
    if data.kind == words.LinkKind.CONTINUES:
        case.tell("continues", day)


def _withheld(data: words.Withheld, case: Draft, day: date, event: str) -> None:
    del day, event
    case.withheld = data.reason


def _released(data: words.Released, case: Draft, day: date, event: str) -> None:
    del data, day, event
    case.withheld = None


def _party_added(data: words.PartyAdded, case: Draft, day: date, event: str) -> None:
    case.note("role", data.role, words.Role, event)
    seat = (data.person, data.role, data.acts_for)  # one may act for several in the same case
    case.parties.pop(seat, None)
    case.parties[seat] = words.Party(
        data.person, data.role, data.relation, data.acts_for, data.since or day, data.until
    )
    case.seats.setdefault((data.person, data.role), set()).add(seat)


def _party_ended(data: words.PartyEnded, case: Draft, day: date, event: str) -> None:
    del day, event
    for seat in case.seats.get((data.person, data.role), ()):
        case.parties[seat] = replace(case.parties[seat], until=data.until)


# A table, and no decorators: `make mutate` plants no faults in decorated functions.
STEPS: Mapping[type[words.Happening], Step] = {
    words.Linked: _linked,
    words.Withheld: _withheld,
    words.Released: _released,
    words.PartyAdded: _party_added,
    words.PartyEnded: _party_ended,
}
