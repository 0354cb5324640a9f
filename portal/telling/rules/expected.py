"""When a decision is to be expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import WORKING
from portal.cases.words import MoveReason
from portal.explanations.words import Passage
from portal.telling.rules.said import known, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.cases.words import State
    from portal.deadlines.words import Dates


def dates_told(state: State, dates: Dates) -> Iterator[Passage]:
    if state.stage_unclear:
        return
    if dates.reassessment:
        late = "_late" if dates.reassessment.passed else ""
        yield Passage(f"date.reassessment{late}", {"date": dates.reassessment.on})
    if state.stage not in WORKING:
        return
    if state.suspended:
        yield say("date.suspended", date=state.suspended_since)
        return
    if dates.announced:
        passed = "_passed" if dates.announced.passed else ""
        yield Passage(f"date.announced{passed}", {"date": dates.announced.on})
    else:
        yield Passage("date.none")
    yield from _limits(dates)
    if state.reopened:
        yield Passage("date.restarted", {"date": state.reopened})
    if state.urgent:
        yield Passage("date.urgent")


def _limits(dates: Dates) -> Iterator[Passage]:
    if dates.statutory and dates.statutory.on:
        passed = "_passed" if dates.statutory.passed else ""
        values = {"date": dates.statutory.on, "weeks": dates.statutory.limit.weeks}
        yield Passage(f"date.limit{passed}", values)
    target = dates.target
    if target is None:
        yield Passage("date.no_target")
    elif target.on is None:
        yield Passage("date.target_average", {"weeks": target.limit.weeks})
    else:
        passed = "_passed" if target.passed else ""
        values = {"date": target.on, "weeks": target.limit.weeks}
        yield Passage(f"date.target{passed}", values)


def date_history(state: State) -> Iterator[Passage]:
    """The first date that was announced and each move, with its reason."""
    if state.stage not in WORKING:
        return
    for place, said in enumerate(state.announced):
        if place == 0:
            yield Passage("date.first", {"date": said.on, "said": said.said})
        else:
            old = state.announced[place - 1].on
            # A reason is one for waiting longer; an earlier date is told without it.
            how = "_earlier" if said.on < old else f".{known(said.reason, MoveReason)}"
            yield Passage(f"date.moved{how}", {"old": old, "date": said.on, "said": said.said})
