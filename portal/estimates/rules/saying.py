"""What is said of each case tonight, where it is another thing than before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from portal.estimates.rules.backtest import standing_of
from portal.estimates.rules.courses import SUSPENDED
from portal.estimates.rules.lookup import REASONS, Found, Standing, remaining
from portal.estimates.rules.showing import next_said, range_from, withheld_because
from portal.estimates.words import Alarm, Level, Move, Remaining, Said, Saying, Withheld

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.estimates.rules.fitting import Model
    from portal.estimates.rules.log import Ints, Log
    from portal.estimates.words import Range

EVERYWHERE = ""  # the alarm of areas that have never been checked
ALARMS = frozenset({Withheld.PACE, Withheld.COVERAGE})  # a range is kept while they last


@dataclass(frozen=True, slots=True, eq=False)
class Night:
    """What the sayings of a night are made of."""

    on: date
    log: Log
    model: Model | None  # None: there is no case to make one of
    alarms: Mapping[str, Alarm]

    def alarm(self, area: str) -> Withheld | None:
        return self.alarms.get(area, self.alarms.get(EVERYWHERE, Alarm())).reason


@dataclass(frozen=True, slots=True)
class Tonight:
    """What a batch of cases comes to: what is said anew, and which cases were closed on which day.

    `open` of them are under way, `ranges` of these are shown one.
    """

    said: dict[UUID, Saying]
    closed: dict[UUID, date]
    open: int
    ranges: int


def tonight(night: Night, rows: range, last: Mapping[UUID, Saying]) -> Tonight:
    """What is to be said of the cases in these rows of the log, after what was said last."""
    log, end = night.log, night.on.toordinal()
    newest = [row for row in rows if row + 1 == rows.stop or log.ids[row] != log.ids[row + 1]]
    ids = {row: UUID(log.ids[row]) for row in newest}
    closed = _closed(log, rows, last, end)
    going = [row for row in newest if log.closed[row] > end or _goes_on(last.get(ids[row]))]
    before = [last.get(ids[row]) for row in going]
    found = dict(zip(going, said_tonight(night, np.array(going, np.int64), before), strict=True))
    said = {ids[row]: saying for row, saying in found.items() if saying}
    gone = {case: _ended(one, night.on) for case, one in last.items() if _goes_on(one)}
    said |= {case: gone[case] for case in gone.keys() - set(ids.values())}
    under_way = [row for row in going if log.closed[row] > end]
    shown = [said.get(ids[row], last.get(ids[row])) for row in under_way]
    return Tonight(said, closed, len(under_way), sum(1 for one in shown if one and one.shown))


def _goes_on(saying: Saying | None) -> bool:
    return saying is not None and saying.reason is not Withheld.ENDED


def _closed(log: Log, rows: range, last: Mapping[UUID, Saying], end: int) -> dict[UUID, date]:
    """The cases whose spell that was spoken of last has ended."""
    closed = {}
    for row in rows:
        if log.closed[row] <= end:
            case = UUID(log.ids[row])
            saying = last.get(case)
            if _goes_on(saying) and saying and saying.spell.toordinal() == log.received[row]:
                closed[case] = date.fromordinal(int(log.closed[row]))
    return closed


def _ended(last: Saying, night: date) -> Saying:
    """Of a case that is no longer to be found, as when its receipt was taken back."""
    return replace(last, version=last.version + 1, night=night, range=None,
                   reason=Withheld.ENDED, move=Move.WITHHELD)  # fmt: skip


def said_tonight(night: Night, rows: Ints, before: Sequence[Saying | None]) -> list[Saying | None]:
    """For the cases in these rows of the log, each after what was said last. None: it stands."""
    if night.model is None or not len(rows):
        return []
    log, today = night.log, night.on
    standing = standing_of(log, rows, np.full(len(rows), today.toordinal()))
    waited = np.array([(today - last.night).days if last else 0 for last in before], np.int64)
    now = remaining(night.model, standing)
    then = remaining(night.model, standing._replace(stayed=np.maximum(standing.stayed - waited, 0)))
    sayings: list[Saying | None] = []
    for place, (row, last) in enumerate(zip(rows, before, strict=True)):
        new = _saying(night, int(row), standing, now, place)
        again = None
        if last and last.range and last.stage == new.stage:
            again = range_from(_remaining(then, place), last.night)
        sayings.append(after(last, new, again))
    return sayings


def _saying(night: Night, row: int, standing: Standing, found: Found, place: int) -> Saying:
    """What tonight's model says of a case, whatever was said before."""
    log = night.log
    stage, area = log.stages[standing.stage[place]], log.areas[log.area[row]]
    remains = _remaining(found, place)
    reason = withheld_because(
        ended=bool(log.closed[row] <= night.on.toordinal()),
        suspended=stage == SUSPENDED,
        urgent=bool(log.urgent[row]),
        alarm=None,
        own=remains.reason,
    )
    told = None if reason else range_from(remains, night.on)
    unsaid = None if told else reason or Withheld.DORMANT
    spell = date.fromordinal(int(log.received[row]))
    return Saying(
        version=1,
        night=night.on,
        spell=spell,
        stage=stage,
        area=area,
        unit=log.units[log.unit[row]],
        age=(night.on - spell).days,
        range=told,
        reason=unsaid or night.alarm(area),
        move=Move.FIRST,
        level=remains.level,
        closings=remains.count,
        never=round(float(found.never[place]), 4),
        late_since=None,
    )


def _remaining(found: Found, place: int) -> Remaining:
    level, count = Level(int(found.level[place])), int(found.closings[place])
    reason = REASONS[int(found.reason[place])]
    if reason:
        return Remaining(None, None, None, level, count, reason)
    low, middle, high = (float(days) for days in found.days[place])
    return Remaining(low, middle, high, level, count)


def after(last: Saying | None, new: Saying, again: Range | None = None) -> Saying | None:
    """The new saying as it follows the last one; None where that one still stands.

    `again` is what tonight's model would have said on the night of the last one. Behind an alarm
    ranges move on unseen, so that they can be scored.
    """
    _, move = next_said(_visible(last), _said(new, new.shown), new.night, again)
    if move is None and new.reason in ALARMS:
        _, move = next_said(_hidden(last), _said(new, new.range), new.night, again)
    if move is None:
        return None
    if last is None:
        return replace(new, move=move)
    return replace(new, version=last.version + 1, move=move, late_since=_late_since(last, new))


def _late_since(last: Saying, new: Saying) -> date | None:
    if last.spell != new.spell:
        return None
    passed = last.shown and last.shown.last <= new.night
    return last.late_since or (last.shown.last if last.shown and passed else None)


def _said(saying: Saying, told: Range | None) -> Said:
    return Said(told, saying.reason, saying.stage, saying.spell)


def _visible(saying: Saying | None) -> Said | None:
    return _said(saying, saying.shown) if saying else None


def _hidden(saying: Saying | None) -> Said | None:
    return _said(saying, saying.range) if saying else None
