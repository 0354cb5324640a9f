"""Which stages are which, and what every step may note."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.cases.words import Moment, Stage, State, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from enum import StrEnum
    from typing import Any

    # What one type of event does to a state: its data, the state, the day, the event's id.
    Step = Callable[[Any, State, date, str], State]


STAGES = tuple(Stage)


# Stages that a case is worked on in. The others are told by events of their own.
WORKING = frozenset(
    {
        Stage.QUEUED,
        Stage.CLARIFICATION,
        Stage.HEARING,
        Stage.ASSESSMENT,
        Stage.MEETING,
    }
)


ENDED = frozenset({Stage.DECIDED, Stage.RETURNED, Stage.CLOSED})


def noted(state: State, kind: str, code: str | None, known: type[StrEnum], event: str) -> State:
    """The state, with the code noted where there are no words for it."""
    if code is None or code in set(known):
        return state
    return replace(state, unknown=(*state.unknown, Unknown(kind, code, event)))


def told_of(  # noqa: PLR0913 - a moment is all of these
    state: State,
    what: str,
    on: date,
    code: str | None = None,
    due: date | None = None,
    *,
    back: bool = False,
) -> State:
    return replace(state, moments=(*state.moments, Moment(what, on, code, due, back)))
