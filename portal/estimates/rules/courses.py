"""From what was told of a case to its course: when the clock began, through which stages, to when.

The clock begins with the receipt and anew with each reopening. It stops with the decision, or with
a closing without one. Time in suspension is a stage of its own, from which nothing is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.cases import words
from portal.cases.rules import WORKING, counted
from portal.cases.words import Stage
from portal.estimates.words import Course, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from portal.cases.words import Event

SUSPENDED = "suspended"
# What a course is made of. Corrections are carried out before.
KINDS = (
    words.Filed,
    words.Received,
    words.Assigned,
    words.StageEntered,
    words.Suspended,
    words.Resumed,
    words.UrgencySet,
    words.Decided,
    words.DecisionWithdrawn,
    words.Closed,
    words.Reopened,
    words.Corrected,
)


@dataclass(slots=True)
class _Spell:
    received: date
    stages: dict[date, str] = field(default_factory=dict)  # the last one of each day
    stage: Stage = Stage.QUEUED
    suspended: bool = False
    decided: bool = False
    closed: date | None = None

    def enter(self, stage: Stage, day: date) -> None:
        self.stage = stage
        if not self.suspended:
            self.stages[day] = stage

    def end(self, day: date) -> None:
        if self.closed is None:
            self.closed = max(day, self.received)
            self.suspended = False


@dataclass(slots=True)
class _Case:
    area: str = ""
    unit: str = ""
    urgent: bool = False
    spells: list[_Spell] = field(default_factory=list)

    def begin(self, day: date) -> None:
        """Start the clock. A spell that never ended tells nothing of how long cases take."""
        if self.spells and self.spells[-1].closed is None:
            self.spells.pop()
        self.spells.append(_Spell(day, {day: Stage.QUEUED}))


def courses_of(
    case_id: str, events: Iterable[Event], day_of: Callable[[datetime], date]
) -> list[Course]:
    """The courses of a case, one for each time the clock began; the newest last."""
    return courses_from(case_id, ((event.data, day_of(event.at)) for event in counted(events)))


def courses_from(case_id: str, told: Iterable[tuple[words.Happening, date]]) -> list[Course]:
    """The same of what counts, in its order, each with its day."""
    case = _Case()
    for data, day in told:
        _take(case, data, day)
    return [
        Course(
            case_id=case_id,
            area=case.area,
            unit=case.unit,
            received=spell.received,
            closed=spell.closed,
            entries=tuple(Entry(stage, day) for day, stage in spell.stages.items()),
            urgent=case.urgent,
        )
        for spell in case.spells
    ]


def _take(case: _Case, data: words.Happening, day: date) -> None:
    if isinstance(data, words.Filed):
        case.area, case.unit = data.area or case.area, data.authority
    elif isinstance(data, words.Received):
        case.area, case.unit = data.area, data.authority
        case.begin(min(data.on or day, day))
    elif isinstance(data, words.Reopened):
        case.urgent = False
        case.begin(day)
    elif isinstance(data, words.UrgencySet):
        case.urgent = data.urgent
    elif case.spells:
        _go_on(case.spells[-1], data, day)


def _go_on(spell: _Spell, data: words.Happening, day: date) -> None:
    if isinstance(data, words.Decided):
        on = data.on if data.on and spell.received <= data.on <= day else day
        spell.end(on)
        spell.decided = True
    elif isinstance(data, words.Closed):
        spell.end(day)
    elif isinstance(data, words.DecisionWithdrawn) and spell.decided:
        spell.closed, spell.decided = None, False
        spell.enter(spell.stage, day)
    elif spell.closed is None:
        _work(spell, data, day)


def _work(spell: _Spell, data: words.Happening, day: date) -> None:
    if isinstance(data, words.Assigned) and spell.stage is Stage.QUEUED:
        spell.enter(Stage.CLARIFICATION, day)
    elif isinstance(data, words.StageEntered) and data.stage in WORKING:
        if spell.stage != data.stage:
            spell.enter(Stage(data.stage), day)
    elif isinstance(data, words.Suspended):
        spell.suspended = True
        spell.stages[day] = SUSPENDED
    elif isinstance(data, words.Resumed) and spell.suspended:
        spell.suspended = False
        spell.enter(spell.stage, day)
