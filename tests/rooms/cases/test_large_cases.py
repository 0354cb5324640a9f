"""What a case costs grows with what was told of it, and not with its square."""

from __future__ import annotations

import sys
from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from portal.cases.rules import folded
from portal.cases.rules.drafts import NAMES, Draft
from portal.cases.words import (
    Corrected,
    Event,
    PartyAdded,
    PartyEnded,
    RequestAnswered,
    RequestMade,
    State,
)
from portal.clock import day_of
from tests.rooms.cases.stories import SOURCE, day, noon

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.cases.words import Happening

FEW, MANY = 300, 1200
MANY_TIMES = 4 * 1.3  # steps for four times as much, with something to spare


def parties(count: int) -> list[Happening]:
    added = [PartyAdded(person=UUID(int=n), role="party") for n in range(count)]
    return [*added, *(PartyEnded(person=one.person, role="party", until=day(9)) for one in added)]


def requests(count: int) -> list[Happening]:
    made = [RequestMade(request=str(n), addressee="doctor", kind="medical") for n in range(count)]
    return [*made, *(RequestAnswered(request=one.request) for one in made)]


def corrections(count: int) -> list[Happening]:
    return [Corrected(event=str(n - 1)) for n in range(count)]


def steps(happenings: list[Happening]) -> int:
    """How many lines of the rules run, whatever the machine is busy with."""
    at = noon(day(1))
    events = [Event(SOURCE, str(n), at + timedelta(seconds=n), data)
              for n, data in enumerate(happenings)]  # fmt: skip
    count = 0

    def line(frame: object, what: str, _: object) -> object:
        nonlocal count
        count += what == "line"
        return line if "/rules/" in getattr(frame, "f_code").co_filename else None  # noqa: B009 - a frame

    tracing = sys.gettrace()
    sys.settrace(line)  # type: ignore[arg-type] # a trace function that returns itself
    try:
        folded(events, day_of)
    finally:
        sys.settrace(tracing)
    return count


@pytest.mark.properties
@pytest.mark.parametrize("told", [parties, requests, corrections])
def test_four_times_as_much_takes_four_times_as_long(
    told: Callable[[int], list[Happening]],
) -> None:
    assert steps(told(MANY)) < MANY_TIMES * steps(told(FEW))


def test_a_draft_holds_what_a_state_holds() -> None:
    assert {one.name for one in fields(Draft)} == {*NAMES, "seats"}
    assert Draft().state() == State()
