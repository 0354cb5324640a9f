"""Readers of a case, and what a page says to them, for the tests of telling."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.cases.words import Role
from portal.deadlines.queries import limits
from portal.deadlines.rules import dates_of
from portal.explanations.words import Passage
from portal.telling.rules import card_of, page_of
from portal.telling.words import Reader
from tests.rooms.cases.stories import BENT, KAREN, LISE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.cases.words import State
    from portal.telling.words import Card, CasePage

LIMITS = limits()
TODAY = date(2026, 1, 26)  # three weeks after the first event of the stories
COMPLAINANT = Reader(KAREN, Role.COMPLAINANT)
PARTY = Reader(BENT, Role.PARTY)
ACTING = Reader(LISE, Role.REPRESENTATIVE, frozenset({KAREN}), "Karen Eksempel")


def page(state: State, today: date = TODAY, reader: Reader = COMPLAINANT) -> CasePage:
    return page_of(state, dates_of(state, LIMITS, today), reader, today)


def card(state: State, today: date = TODAY, reader: Reader = COMPLAINANT) -> Card:
    return card_of(state, dates_of(state, LIMITS, today), reader, today)


def passages(told: object) -> Iterator[Passage]:
    """Every passage in a page or a card, in the order in which they are said."""
    if isinstance(told, Passage):
        yield told
    elif isinstance(told, tuple):
        for part in told:
            yield from passages(part)
    elif is_dataclass(told):
        for field in fields(told):
            yield from passages(getattr(told, field.name))


def codes(told: object) -> list[str]:
    """The codes of everything that is said."""
    return [passage.code for passage in passages(told)]
