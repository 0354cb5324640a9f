"""The vocabulary of changes: from a theme to what was done, and what citizens read of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from portal.participation.words import Quarter

LONGEST_TITLE = 120
LONGEST_OWNER = 80
LONGEST_REASON = 300
LONGEST_TEXT = 1_500  # of an effect, an idea
LONGEST_SAID = 600  # of what citizens read


class Status(StrEnum):
    """How far a change is."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class TextState(StrEnum):
    """Whether citizens read of it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What a line of the history tells."""

    MADE = "made"
    STATUS = "status"  # the change was moved
    TEXT = "text"  # its public words were published, or taken back


class IdeaState(StrEnum):
    """What becomes of a suggestion that crosses areas."""

    OPEN = "open"
    TAKEN_UP = "taken_up"  # there is a change that came of it, or there will be
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a change is to move: a measure of the fixed tables, of one unit and one outcome."""

    measure: str
    unit: str
    outcome: str
    before: Quarter
    after: Quarter | None  # while nobody can tell yet


@dataclass(frozen=True, slots=True)
class Plan:
    """What a theme owner says of a change."""

    theme: str
    unit: str
    title: str
    owner: str  # a function, such as "the office's manager"; never a person
    due: date
    effect: str  # what is expected, in words
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it stands."""

    id: UUID
    plan: Plan
    status: Status
    text_state: TextState
    version: int  # counted up by each edit

    @property
    def theme(self) -> str:
        """The theme that it came of, by its code."""
        return self.plan.theme

    @property
    def unit(self) -> str:
        """Who makes it: "<level>:<code>"."""
        return self.plan.unit

    @property
    def title(self) -> str:
        """What it is called."""
        return self.plan.title

    @property
    def owner(self) -> str:
        """The function that answers for it."""
        return self.plan.owner

    @property
    def due(self) -> date:
        """The last day on which it is to be done."""
        return self.plan.due

    @property
    def effect(self) -> str:
        """What is expected of it, in words."""
        return self.plan.effect

    @property
    def indicator(self) -> Indicator:
        """What it is to move."""
        return self.plan.indicator


@dataclass(frozen=True, slots=True)
class Told:
    """What citizens read of a change in one view."""

    title: str
    said: str  # "you said"
    did: str  # "we did", or what is under way


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a change's history."""

    on: date
    step: Step
    now: str  # the status, or the state of the text
    reason: str


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and on which day."""

    account: UUID  # of staff
    on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """A change or an idea as somebody has read it."""

    id: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Published:
    """A change as citizens read of it."""

    key: UUID
    title: str
    said: str
    did: str
    status: Status  # done, or under way: nothing else is told
    since: date
    groups: tuple[str, ...]  # coarse areas that it is for
    view: str = "da"  # that it is told in, which may be another than the reader's

    @property
    def done(self) -> bool:
        """Whether it has been done, and is not only under way."""
        return self.status is Status.DONE


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the fixed tables with its interval of 95 %."""

    of: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """What the interval lies around."""
        return self.of / self.n


@dataclass(frozen=True, slots=True)
class Known:
    """What a change may name: what there is today."""

    themes: Mapping[str, tuple[str, tuple[str, ...]]]  # code to state, and what it went into
    units: frozenset[str]
    measures: frozenset[str]
    outcomes: frozenset[str]
    quarters: tuple[Quarter, ...]  # that are closed, the newest first


class Verdict(StrEnum):
    """Whether an indicator has moved. It never tells why."""

    HIGHER = "higher"
    LOWER = "lower"
    ALIKE = "alike"  # it may be chance
    WAITING = "waiting"  # the later quarter is not named, or not closed
    HIDDEN = "hidden"  # one of the two is not shown


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator before and after."""

    before: Share | None
    after: Share | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody writes into the register of ideas."""

    title: str
    text: str
    units: tuple[str, ...]
    state: IdeaState
    reason: str  # why it was closed
    change: UUID | None  # what came of it


@dataclass(frozen=True, slots=True)
class Idea:
    """A suggestion that crosses areas."""

    id: UUID
    proposal: Proposal
    made: date
    version: int


class ChangeNotFound(Exception):
    """No such change, or no such idea."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since it was read; nothing was overwritten."""


class CannotMove(Exception):
    """From where it stands the change cannot be moved there."""


class NotReady(Exception):
    """Its words cannot be published: these views lack some; with none, the status bars it."""

    def __init__(self, views: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.views = views


class WrongPlan(Exception):
    """What was said of a change cannot be. Names each field with the code of what is wrong."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__()
        self.faults = faults
