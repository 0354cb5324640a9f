"""Invented years: cases drawn over areas, first instances, outcomes and weeks."""

from __future__ import annotations

import numpy as np

from portal.cases.words import Area, Outcome
from portal.statistics.queries import authorities
from portal.statistics.rules.counting import Tally
from portal.statistics.words import OTHER, Counted

AREAS = (*Area, OTHER)
OUTCOMES = (*Outcome, OTHER)
SHARES = (0.62, 0.08, 0.02, 0.17, 0.08, 0.025, 0.005)


def tally(cases: int, seed: int, *, most: int = 200) -> Tally:
    """A year of so many cases, most of them in few areas and of few authorities.

    `most`: in so many of the areas, and of so many of the authorities.
    """
    random = np.random.default_rng(seed)
    areas, names = AREAS[:most], (*authorities(), OTHER)[-most:]
    drawn = zip(
        random.choice(len(areas), cases, p=random.dirichlet(np.full(len(areas), 0.6))),
        random.choice(len(names), cases, p=random.dirichlet(np.full(len(names), 0.6))),
        random.choice(len(OUTCOMES), cases, p=SHARES),
        random.gamma(3, 5, cases),
        strict=True,
    )
    made = Tally()
    for area, name, outcome, weeks in drawn:
        made.add(Counted(2024, areas[area], names[name], OUTCOMES[outcome], int(weeks) + 1))
    return made
