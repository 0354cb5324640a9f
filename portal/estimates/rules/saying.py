"""What is said of each case tonight, where it is another thing than before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from portal.estimates.rules.backtest import standing_of
from portal.estimates.rules.courses import SUSPENDED
from portal.estimates.rules.lookup import REASONS, Found, Standing, remaining
from portal.estimates.rules.showing import next_said, range_from, withheld_because
from portal.estimates.words import Alarm, Level, Move, Remaining, Said, Saying, Withheld

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.estimates.rules.fitting import Model
    from portal.estimates.rules.log import Ints
    from portal.estimates.words import Range

EVERYWHERE = ""  # the alarm of areas that have never been checked
ALARMS = frozenset({Withheld.PACE, Withheld.COVERAGE})  # a range is kept while they last


@dataclass(frozen=True, slots=True, eq=False)
class Night:
    """What the sayings of a night are made of."""

    on: date
    model: Model
    alarms: Mapping[str, Alarm]

    def alarm(self, area: str) -> Withheld | None:
        return self.alarms.get(area, self.alarms.get(EVERYWHERE, Alarm())).reason


def said_tonight(night: Night, rows: Ints, before: Sequence[Saying | None]) -> list[Saying | None]:
    """For the cases in these rows of the log, each after what was said last. None: it stands."""
    log, today = night.model.log, night.on
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
    log = night.model.log
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
    if told is None and reason is None:
        reason = Withheld.DORMANT
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
        reason=reason or night.alarm(area),
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
