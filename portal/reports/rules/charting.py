"""What each chart shows: its lines, marks and the names of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.words import Outcome
from portal.reports.rules.saying import measure, outcome, short_quarter
from portal.reports.rules.seeing import OVER_TIME
from portal.reports.words.charts import Chart, Line, Mark, Shape

if TYPE_CHECKING:
    from portal.reports.words.pages import Voice
    from portal.reports.words.reports import Beside, Block, Past, Row, Seen, Share

SHAPES = dict(zip(Outcome, Shape, strict=False))
ORDER = {one: index for index, one in enumerate(Outcome)}
TIME, BESIDE = "over-time", "beside"


def _mark(series: int, one: Share, step: int = 0) -> Mark:
    at, low, high = (round(100 * part, 2) for part in (one.share, one.low, one.high))
    return Mark(series, at, low, high, step)


def _series(outcomes: tuple[Outcome, ...], voice: Voice) -> tuple[tuple[str, Shape], ...]:
    return tuple((outcome(one, voice), SHAPES[one]) for one in outcomes)


def _marks(row: Row) -> tuple[Mark, ...]:
    return tuple(_mark(ORDER[one], share) for one, share in row.shares if share is not None)


def chart_of(block: Block, voice: Voice) -> Chart:
    """The measures of a block, each split by outcome."""
    lines = tuple(Line(measure(row.measure, voice), _marks(row)) for row in block.rows)
    return Chart(block.code, _series(tuple(Outcome), voice), lines)


def over_time(seen: Seen, voice: Voice) -> Chart:
    """Each rating question over the quarters."""
    names = {one.measure: measure(one.measure, voice) for one in seen.past}
    lines = tuple(
        Line(name, tuple(mark for one in seen.past if one.measure == code for mark in _steps(one)))
        for code, name in names.items()
    )
    steps = tuple(short_quarter(one, voice) for one in seen.earlier)
    return Chart(TIME, _series(OVER_TIME, voice), lines, steps)


def _steps(past: Past) -> tuple[Mark, ...]:
    series = OVER_TIME.index(past.outcome)
    return tuple(
        _mark(series, one, step) for step, one in enumerate(past.shares) if one is not None
    )


def side_by_side(found: tuple[Beside, ...], voice: Voice) -> Chart:
    """What was measured within, and what citizens say of the same."""
    within = len(Outcome)
    series = (*_series(tuple(Outcome), voice), (voice.say("figures.within"), Shape.STAR))
    lines = tuple(
        Line(measure(row.measure, voice), (_mark(within, one.within), *_marks(row)))
        for one in found
        for row in one.rows
    )
    return Chart(BESIDE, series, lines)


def charts_of(seen: Seen, voice: Voice) -> dict[str, Chart]:
    """Every chart of a page by its code."""
    found = {block.code: chart_of(block, voice) for block in (*seen.blocks, *seen.lists)}
    if len(seen.earlier) > 1:
        found[TIME] = over_time(seen, voice)
    if seen.beside:
        found[BESIDE] = side_by_side(seen.beside, voice)
    return found
