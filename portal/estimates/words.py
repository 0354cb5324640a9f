"""What the expected decision date is told in: a range, its basis, or the reason why there is none.

All durations are in whole or part days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Whose course the range is taken from, from the widest group to the nearest."""

    NONE = -1
    ALL = 0  # every case
    STAGE = 1  # at the same stage, as long in it
    AGE = 2  # and as old when the stage began
    AREA = 3  # and of the same area
    UNIT = 4  # and from the same first instance


class Withheld(StrEnum):
    """Why there is no range."""

    TOO_FEW = "too_few"  # fewer than 30 closings in any group that the case belongs to
    RARELY_CLOSES = "rarely_closes"  # most cases as old as this one never close
    SUSPENDED = "suspended"  # the case rests, and nobody knows for how long
    DORMANT = "dormant"  # nothing has happened for so long that no case is like it
    URGENT = "urgent"  # the urgent track follows no queue
    PACE = "pace"  # the area closes far fewer or far more cases than it did
    COVERAGE = "coverage"  # too many of the ranges given in the area did not hold
    ENDED = "ended"  # the case is closed


class Move(StrEnum):
    """Why the range that is shown is another one than before."""

    FIRST = "first"  # nothing was shown before
    REOPENED = "reopened"  # the clock began anew
    RETURNED = "returned"  # a range is given again after it was withheld
    STAGE = "stage"  # the case has come to another stage
    PASSED = "passed"  # the upper date passed
    WAITED = "waited"  # the case has waited on, and that alone tells something
    FASTER = "faster"  # cases like it are closed sooner than they were
    SLOWER = "slower"  # cases like it are closed later than they were
    WITHHELD = "withheld"  # the range is no longer given


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a duration log should not hold, and how often it does."""

    code: str
    count: int
    example: str

    def __str__(self) -> str:
        return f"{self.code}: {self.count} × (e.g. {self.example})"


class LogUnreadable(Exception):
    """A duration log that nothing can be computed from; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A stage that a case came to, and on which day."""

    stage: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A case from receipt (or reopening) on. `closed` None: still open."""

    case_id: str
    area: str
    unit: str
    received: date
    closed: date | None
    entries: tuple[Entry, ...] = ()
    urgent: bool = False  # now


@dataclass(frozen=True, slots=True)
class Remaining:
    """Days from the night of the look-up; without a range None, and `reason` says why.

    `count` is the number of closings behind the group that `level` names.
    """

    low: float | None
    middle: float | None
    high: float | None
    level: Level
    count: int
    reason: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """What is shown: Mondays to Sundays, never in the past. `middle` lies in the range."""

    first: date
    middle: date
    last: date


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader was told last: a range, or the reason for none, at which stage and spell."""

    range: Range | None
    reason: Withheld | None
    stage: str
    spell: date  # the day the clock began


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One row of the ledger. `range` is also there where an alarm withholds it."""

    version: int
    night: date
    spell: date
    stage: str
    area: str
    unit: str
    age: int  # days since the clock began
    range: Range | None
    reason: Withheld | None
    move: Move
    level: Level
    closings: int
    never: float
    late_since: date | None

    @property
    def shown(self) -> Range | None:
        return None if self.reason else self.range


@dataclass(frozen=True, slots=True)
class Met:
    """How many of the cases of an area that were closed in the last year met its target."""

    weeks: int
    closed: int
    met: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader of a case is told: the newest saying last, and how often the target is met."""

    sayings: tuple[Saying, ...]
    met: Met | None

    @property
    def now(self) -> Saying:
        return self.sayings[-1]


@dataclass(frozen=True, slots=True)
class Held:
    """How many ranges of some group were scored, and how many of them held."""

    scored: int
    held: int
    hidden_scored: int = 0  # withheld by an alarm, and scored all the same
    hidden_held: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """An open case whose upper date is near or has passed: its reader is owed a word."""

    source: str
    subject: str
    area: str
    last: date
    late: bool
    word_by: date  # when the page says, or has said, that there will be a word


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of counting a night."""

    night: date
    open_cases: int
    ranges: int  # shown
    said: int  # anew: a range, a move, or a reason for none
    settled: int  # cases that were closed


@dataclass(frozen=True, slots=True)
class Replayed:
    """A past night counted again: what would be said anew, and what of it was said otherwise."""

    night: date
    said: int
    kept: bool  # whether that night was counted at its time
    differing: int


@dataclass(frozen=True, slots=True)
class Check:
    """One monthly look at an area: closings against those expected, ranges that held of those due.

    `due`: how many of the scored ranges belong to cases that were expected ever to close.
    """

    on: date
    observed: int
    expected: float
    held: int
    scored: int
    due: float


@dataclass(frozen=True, slots=True)
class Alarm:
    """Whether ranges are withheld in an area, why, and since which check.

    `raised`: when it was raised of late; `calm`: good checks in a row since.
    """

    reason: Withheld | None = None
    since: date | None = None
    raised: tuple[date, ...] = ()
    calm: int = 0
