"""What is shown of one unit, put together from the fixed tables of its quarters.

Quarters are summed only where each of them is shown: a sum tells nothing that its parts do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.figures.rules import interval
from portal.figures.words import Outcome, Turnout
from portal.questionnaire.words import Dimension, Kind
from portal.reports.words.reports import Beside, Block, Past, Row, Seen, Share, Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portal.figures.words import Measured
    from portal.organisation.words import Unit
    from portal.participation.words import Quarter
    from portal.questionnaire.words import Questionnaire

OVER_TIME = (Outcome.BETTER, Outcome.SAME)  # the two that all quarters have most answers of
LONGEST = 6  # quarters on an axis


def share_of(cells: Sequence[tuple[int | None, int | None]]) -> Share | None:
    """The share over some quarters; None where one of them is hidden, or nobody answered."""
    counts = [(n, of) for n, of in cells if n is not None and of is not None]
    n = sum(one for one, _ in counts)
    if len(counts) < len(cells) or n == 0:
        return None
    of = sum(one for _, one in counts)
    return Share(of, n, *interval(of, n))


def turnout_over(slices: Sequence[Slice], unit: str) -> Turnout:
    """Decided, invited and answered over some quarters: each hidden where it is hidden in one."""

    def total(values: Iterable[int | None]) -> int | None:
        told = list(values)
        known = [one for one in told if one is not None]
        return sum(known) if told and len(known) == len(told) else None

    found = [one.turnout for one in slices]
    return Turnout(
        unit,
        total(one.decided for one in found),
        total(one.invited for one in found),
        total(one.answered for one in found),
    )


def measures(asked: Questionnaire) -> dict[str, tuple[str, ...]]:
    """The rating questions by their page, without the outcome, which splits all others."""
    pages = {
        page.code: tuple(
            one.code
            for one in page.questions
            if one.kind is Kind.RATING and one.dimension is not Dimension.OUTCOME
        )
        for page in asked.pages
    }
    return {page: codes for page, codes in pages.items() if codes}


def lists(asked: Questionnaire) -> dict[str, tuple[str, ...]]:
    """The options of each list, as measures."""
    return {
        one.code: tuple(f"{one.code}.{option}" for option in one.options)
        for one in asked.questions(Kind.CHOICES)
    }


def blocks(slices: Sequence[Slice], wanted: Mapping[str, Sequence[str]]) -> tuple[Block, ...]:
    """The measures of each block, each as every outcome has it."""
    return tuple(
        Block(code, tuple(row_of(slices, measure) for measure in held))
        for code, held in wanted.items()
    )


def row_of(slices: Sequence[Slice], measure: str) -> Row:
    """One measure, as every outcome has it."""
    return Row(measure, tuple((one, _share(slices, measure, one)) for one in Outcome))


def _share(slices: Sequence[Slice], measure: str, outcome: Outcome) -> Share | None:
    return share_of([one.cells.get((measure, outcome), (None, None)) for one in slices])


def past_of(
    axis: Sequence[Quarter], slices: Mapping[Quarter, Slice], asked: Questionnaire
) -> tuple[Past, ...]:
    """Each rating question over the quarters of an axis."""
    codes = [code for held in measures(asked).values() for code in held]
    return tuple(
        Past(code, outcome, tuple(
            _share([slices[one]], code, outcome) if one in slices else None for one in axis
        ))
        for code in codes
        for outcome in OVER_TIME
    )  # fmt: skip


def beside(
    slices: Sequence[Slice], measured: Iterable[Measured], unit: str, year: int,
    asked: Questionnaire,
) -> tuple[Beside, ...]:  # fmt: skip
    """What was measured within, the latest until this year, beside the citizens' own ratings."""
    mine = [one for one in measured if one.unit == unit and one.year <= year]
    last = max((one.year for one in mine), default=year)
    by_dimension = {one.dimension: one for one in mine if one.year == last}
    questions: dict[str, list[str]] = {}
    for one in asked.questions(Kind.RATING):
        questions.setdefault(one.dimension, []).append(one.code)
    return tuple(
        Beside(dimension, last, _within(by_dimension[dimension]),
               tuple(row_of(slices, code) for code in codes))
        for dimension, codes in questions.items()
        if dimension in by_dimension and dimension != Dimension.OUTCOME
    )  # fmt: skip


def _within(one: Measured) -> Share:
    of = round(one.share * one.n)
    return Share(of, one.n, *interval(of, one.n))


def seen_of(  # noqa: PLR0913, PLR0917 - the tables that a page is made of
    unit: Unit, quarters: Sequence[Quarter], slices: Mapping[Quarter, Slice],
    axis: Sequence[Quarter], measured: Iterable[Measured], asked: Questionnaire,
) -> Seen:  # fmt: skip
    """All that is shown of a unit for these quarters, with those before them on the axis."""
    held = [slices[one] for one in quarters if one in slices]
    rated, chosen = blocks(held, measures(asked)), blocks(held, lists(asked))
    cells = [share for block in (*rated, *chosen) for row in block.rows for _, share in row.shares]
    return Seen(
        unit,
        tuple(quarters),
        turnout_over(held, unit.key),
        rated,
        chosen,
        tuple(axis),
        tuple(slices[one].turnout if one in slices else None for one in axis),
        past_of(axis, slices, asked),
        beside(held, measured, unit.key, quarters[-1].year, asked),
        sum(share is None for share in cells),
    )
