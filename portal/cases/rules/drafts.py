"""A case while its events are read: what every step writes to."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from portal.cases.words import Moment, State, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from enum import StrEnum
    from uuid import UUID

    from portal.cases.words import (
        Announcement,
        DecidedAgain,
        Decision,
        Linked,
        Party,
        Request,
        Stage,
    )

    # What one type of event does to a case: its data, the case, the day, the event's id.
    Step = Callable[[Any, "Draft", date, str], None]
    Seat = tuple[UUID, str, UUID | None]  # a person, in which role, for whom


@dataclass(slots=True)
class Draft:
    """What `State` holds, by the same names, but open: a fold then costs what its events cost."""

    number: str | None = None
    area: str | None = None
    authority: str | None = None
    complained_of: date | None = None
    filed: date | None = None
    received: date | None = None
    clock_from: date | None = None
    office: str | None = None
    office_since: date | None = None
    stage: Stage | None = None
    stage_since: date | None = None
    stage_before: Stage | None = None
    requests: dict[str, Request] = field(default_factory=dict)  # the newest last
    suspended: str | None = None
    suspended_since: date | None = None
    announced: list[Announcement] = field(default_factory=list)
    meeting: date | None = None
    urgent: bool = False
    decision: Decision | None = None
    earlier_decisions: list[Decision] = field(default_factory=list)
    decision_withdrawn: date | None = None
    ending: str | None = None
    closed: date | None = None
    reopening_requested: date | None = None
    reopening_refused: date | None = None
    reopened: date | None = None
    decided_again: DecidedAgain | None = None
    withheld: str | None = None
    links: list[Linked] = field(default_factory=list)
    parties: dict[Seat, Party] = field(default_factory=dict)  # the newest last
    moments: list[Moment] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    stage_unclear: bool = False
    last_event: datetime | None = None
    # Where somebody sits in a role: the only part that a state does without.
    seats: dict[tuple[UUID, str], set[Seat]] = field(default_factory=dict)

    def note(self, kind: str, code: str | None, known: type[StrEnum], event: str) -> None:
        """Note the code where there are no words for it."""
        if code is not None and code not in codes_of(known):
            self.unknown.append(Unknown(kind, code, event))

    def tell(
        self,
        what: str,
        on: date,
        code: str | None = None,
        due: date | None = None,
        *,
        back: bool = False,
    ) -> None:
        self.moments.append(Moment(what, on, code, due, back))

    def state(self) -> State:
        """The case as it stands."""
        return State(**{name: _closed(getattr(self, name)) for name in NAMES})


NAMES = tuple(one.name for one in fields(State))


def _closed(value: Any) -> Any:  # noqa: ANN401 - a field of a draft, as a field of a state
    if type(value) is list:
        return tuple(value)
    return tuple(value.values()) if type(value) is dict else value


@cache
def codes_of(known: type[StrEnum]) -> frozenset[str]:
    """The codes that there are words for."""
    return frozenset(known)
