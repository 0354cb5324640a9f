"""What is told of the estimate: a range with its basis, what moved it, or why there is none.

The estimate was counted from what was known last night. Where the case has gone on since, today's
state counts: of what no longer fits it nothing is said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal.cases.rules import WORKING
from portal.estimates.rules.figures import word_by
from portal.estimates.rules.fitting import COUNTED
from portal.estimates.rules.showing import ahead
from portal.estimates.words import Level, Move, Withheld
from portal.explanations.words import Passage
from portal.telling.rules.expected import dates_told
from portal.telling.words import Expected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.cases.words import State
    from portal.deadlines.words import Dates
    from portal.estimates.words import Met, Range, Saying, Told

NEXT_DAY = timedelta(days=1)  # what was counted in a night is read from the next day on
NOT_YET = Passage("date.estimate_none")
NONE_ANNOUNCED = Passage("date.none")
# What the state itself says of these is told beside its dates.
SAID_ELSEWHERE = frozenset({Withheld.SUSPENDED, Withheld.URGENT, Withheld.ENDED})
WITH_OLD = frozenset({Move.STAGE, Move.PASSED, Move.WAITED, Move.FASTER, Move.SLOWER})


def estimated(state: State, dates: Dates, told: Told | None, today: date) -> Expected | None:
    """What the page tells of the estimate; None where there is nothing to expect."""
    if state.stage not in WORKING or state.stage_unclear or state.suspended or state.urgent:
        return None
    now = told.now if told and told.now.spell == state.clock_from else None
    if now and now.reason in SAID_ELSEWHERE:
        now = None
    left = ahead(now.shown, today - NEXT_DAY) if now and now.shown else None
    announced, *limits = dates_told(state, dates)
    likely = left is not None
    return Expected(
        before=() if likely and announced == NONE_ANNOUNCED else (announced,),
        lead=(*_lead(now, left, today), *_beside(dates)) if likely else _lead(now, left, today),
        likely=likely,
        share=_share(left),
        basis=tuple(_basis(now)) if now and likely else (),
        after=tuple(_with_met(limits, told.met if told else None)),
        moves=tuple(_moves(told.sayings)) if told and now else (),
        what_moves=Passage("estimate.what_moves") if likely else None,
    )


def _lead(now: Saying | None, left: Range | None, today: date) -> tuple[Passage, ...]:
    if now is None:
        return (NOT_YET,)
    return (*_late(now, today), *_range(left), *_withheld(now))


def _beside(dates: Dates) -> tuple[Passage, ...]:
    """Which of the two counts, where a date was announced as well."""
    still = dates.announced and not dates.announced.passed
    return (Passage("estimate.beside_announced"),) if still else ()


def _share(left: Range | None) -> tuple[Passage, ...]:
    if left is None:
        return ()
    return Passage("estimate.share"), Passage("estimate.half", {"week": _week(left.middle)})


def _with_met(limits: list[Passage], met: Met | None) -> Iterator[Passage]:
    """Each line about a limit, and beside the target how often it is met."""
    for line in limits:
        yield line
        if met and line.code.startswith("date.target"):
            tenths = round(10 * met.met / met.closed)
            yield Passage("estimate.met", {"tenths": tenths, "weeks": met.weeks})


def estimated_briefly(state: State, told: Told | None, today: date) -> Passage | None:
    """The estimate in the list: the range, or that there is none and why."""
    if told is None or state.stage not in WORKING or state.stage_unclear:
        return None
    now = told.now
    if state.suspended or state.urgent or now.spell != state.clock_from:
        return None
    left = ahead(now.shown, today - NEXT_DAY) if now.shown else None
    return next(iter((*_range(left), *_late(now, today), *_withheld(now))), None)


def _late(now: Saying, today: date) -> Iterator[Passage]:
    """An apology, and by when the next word comes."""
    since = now.late_since or (now.shown.last if now.shown and now.shown.last < today else None)
    if since:
        yield Passage("estimate.late", {"next": word_by(since, today)})


def _range(left: Range | None) -> Iterator[Passage]:
    if left is None:
        return
    values = {"first": left.first, "last": left.last}
    weeks = _week(left.first), _week(left.last)
    if weeks[0] == weeks[1]:
        yield Passage("estimate.week", {"week": weeks[0], **values})
    else:
        yield Passage("estimate.range", {"from_week": weeks[0], "to_week": weeks[1], **values})


def _week(day: date) -> int:
    return day.isocalendar().week


def _withheld(now: Saying) -> Iterator[Passage]:
    if now.reason and now.reason not in SAID_ELSEWHERE:
        yield Passage(f"estimate.withheld.{now.reason}")


def _basis(now: Saying) -> Iterator[Passage]:
    if now.level is Level.NONE:
        return
    since = now.night - timedelta(days=COUNTED - 1)
    values = {"count": now.closings, "since": since, "until": now.night}
    yield Passage("estimate.counted", values)
    yield Passage(f"estimate.like.{now.level.name.lower()}")
    yield Passage("estimate.method")


def _moves(sayings: tuple[Saying, ...]) -> Iterator[Passage]:
    """What was said before and now, and why it changed; nothing while it is the first word."""
    seen: list[Passage] = []
    before: Saying | None = None
    for saying in sayings:
        if before is None or (saying.shown, saying.reason) != (before.shown, before.reason):
            seen.extend(_move(before, saying))
            before = saying
    if len(seen) > 1:
        yield from seen


def _move(before: Saying | None, now: Saying) -> Iterator[Passage]:
    said = now.night + NEXT_DAY
    if now.shown is None:
        if before and before.shown and now.reason is not Withheld.ENDED:
            yield Passage(f"estimate.stopped.{now.reason}", {"said": said})
        return
    values: dict[str, object] = {"first": now.shown.first, "last": now.shown.last, "said": said}
    if before and before.shown and now.move in WITH_OLD:
        values |= {"old_first": before.shown.first, "old_last": before.shown.last}
        yield Passage(f"estimate.moved.{now.move}", values)
    else:
        code = now.move if now.move in {Move.REOPENED, Move.RETURNED} else Move.FIRST
        yield Passage(f"estimate.{code}", values)
