"""Which decisions count in which year, and what is added up of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from portal.cases.rules import overall
from portal.cases.words import Area, Outcome
from portal.participation.rules import group_of
from portal.statistics.words import ALL, OTHER, Counted, Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from portal.statistics.words import Told

# After the last day of a year: by then its decisions have been told, and few are called back.
SETTLED = timedelta(weeks=6)
AREAS, OUTCOMES = frozenset(Area), frozenset(Outcome)


def last_over(today: date) -> int:
    """The last year that can be closed."""
    return (today - SETTLED).year - 1


def counted(told: Told, known: Mapping[str, str]) -> Iterator[Counted]:
    """The years in which a case was decided, each with the last decision of that year.

    A decision that was withdrawn is none. `known`: authorities by their names without capitals.
    """
    begun = told.received
    found: dict[int, Counted] = {}
    decisions = (*told.earlier_decisions, *((told.decision,) if told.decision else ()))
    area = told.area if told.area in AREAS else OTHER
    authority = known.get(" ".join((told.authority or "").casefold().split()), OTHER)
    for place, decision in enumerate(decisions):
        if place:  # after a reopening, of which the last alone is kept
            begun = told.clock_from if place == len(decisions) - 1 else None
        whole = overall(decision.outcome, decision.issues)
        found[decision.on.year] = Counted(
            decision.on.year,
            area or OTHER,
            authority,
            whole if whole in OUTCOMES else OTHER,
            _weeks(begun, decision.on),
        )
    yield from found.values()


def _weeks(begun: date | None, decided: date) -> int | None:
    """Begun weeks; None where the days contradict each other."""
    if begun is None or begun > decided:
        return None
    return max(1, -((begun - decided).days // 7))


@dataclass(slots=True)
class Tally:
    """What is added up of a year. It does not grow with the number of cases."""

    outcomes: Counter[tuple[Unit, str]] = field(default_factory=Counter)
    weeks: dict[Unit, Counter[int]] = field(default_factory=dict)

    def add(self, one: Counted) -> None:
        """Count a case in each of its units."""
        for unit in (
            Unit(Kind.ALL, ALL),
            Unit(Kind.GROUP, group_of(one.area)),
            Unit(Kind.AREA, one.area),
            Unit(Kind.AUTHORITY, one.authority),
        ):
            self.outcomes[unit, one.outcome] += 1
            if one.weeks is not None:
                self.weeks.setdefault(unit, Counter())[one.weeks] += 1


def tallies(cases: Iterable[Told], authorities: Iterable[str]) -> dict[int, Tally]:
    """All years in which cases were decided."""
    known = {name.casefold(): name for name in authorities}
    found: dict[int, Tally] = {}
    for told in cases:
        for one in counted(told, known):
            found.setdefault(one.year, Tally()).add(one)
    return found
