"""From what was seen to verdicts and points: strictly, as a doubt counts as a fault.

The official in-depth monitoring takes points off for each criterion that does not hold on a page:
500 are left where all hold on all pages, none where none does. Here the same is counted, with four
differences that can only take more points away (docs/access.md says why):

- what a program could not tell, and nobody has looked at, is a fault;
- what nobody judges is a fault;
- a criterion that has nothing to apply to is left out, and fills no gaps;
- each view is counted as a site of its own, and the lowest is the score.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.access.proof.lists import criteria, review_of
from tests.access.proof.words import WORST_FIRST, How, Kind, Place, Verdict
from tests.access.words import PRACTICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.access.proof.words import Criterion, Look, Review, Seen
    from tests.access.words import Finding

MOST = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, where it was seen, and what a person has said of it."""

    look: Look
    finding: Finding
    review: Review | None

    @property
    def verdict(self) -> Verdict | None:
        """What it makes of its criterion; None where it is no fault."""
        if self.review is not None:
            return None
        return Verdict.FAILED if self.finding.certain else Verdict.UNTOLD


def judged(seen: Iterable[Seen]) -> list[Judged]:
    """Every finding of every look, with the line of the reviewed list that speaks of it."""
    return [
        Judged(one.look, finding, review_of(finding, one.look))
        for one in seen
        for finding in one.findings
    ]


Table = dict[Place, dict[str, Verdict]]


def verdicts(looks: Sequence[Look], seen: Sequence[Seen], found: Sequence[Judged]) -> Table:
    """The verdict on each criterion, in each place: the worst of all widths."""
    done = {one.look for one in seen if not one.broken}
    whole: dict[Place, bool] = defaultdict(lambda: True)
    for look in looks:
        whole[look.place] &= look in done
    worse: dict[tuple[Place, str], list[Verdict]] = defaultdict(list)
    for one in found:
        if one.verdict is not None:
            worse[one.look.place, one.finding.criterion].append(one.verdict)
    return {
        place: {
            rule.number: _worst(worse[place, rule.number], rule, looked=looked)
            for rule in criteria()
        }
        for place, looked in sorted(whole.items())
    }


def _worst(told: Sequence[Verdict], rule: Criterion, *, looked: bool) -> Verdict:
    if told:
        return min(told, key=WORST_FIRST.index)
    if not looked or not rule.how:
        return Verdict.UNTESTED
    return Verdict.INAPPLICABLE if How.ABSENT in rule.how else Verdict.PASSED


def points(table: Table) -> int:
    """The lowest score of any view; cut off, not rounded."""
    views = {place.view for place in table}
    return min((_points_of(view, table) for view in views), default=0)


def _points_of(view: str, table: Table) -> int:
    mine = [verdict for place, row in table.items() if place.view == view
            for verdict in row.values() if verdict is not Verdict.INAPPLICABLE]  # fmt: skip
    return MOST * mine.count(Verdict.PASSED) // len(mine) if mine else 0


def points_by_view(table: Table) -> Mapping[str, int]:
    """The score of each view."""
    return {view: _points_of(view, table) for view in sorted({place.view for place in table})}


def faults(found: Iterable[Judged]) -> list[Judged]:
    """What is certain and not known to be a program's mistake."""
    return [one for one in found if one.verdict is Verdict.FAILED]


def unreviewed(found: Iterable[Judged]) -> list[Judged]:
    """What a program could not tell, and nobody has looked at."""
    return [one for one in found if one.verdict is Verdict.UNTOLD]


def of_practice(found: Iterable[Judged]) -> list[Judged]:
    """What no criterion demands: told, not counted."""
    return [one for one in found if one.finding.criterion == PRACTICE]


def idle(lines: Iterable[Review], found: Iterable[Judged]) -> list[Review]:
    """Lines of the reviewed list that speak of nothing any more."""
    used = {id(one.review) for one in found if one.review}
    return [line for line in lines if id(line) not in used]


def mistaken(found: Iterable[Judged]) -> list[Judged]:
    """What a program of another house was certain of, and is wrong about."""
    return [one for one in found if one.review and one.review.kind is Kind.MISTAKEN]
