"""A recogniser tried on texts whose themes are known: learn from a part, judge by the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.recognition.rules.fitting import fitted
from portal.recognition.rules.learning import truth_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from portal.recognition.rules.learning import Flags, Floats
    from portal.recognition.rules.reading import Case
    from portal.recognition.rules.recogniser import Recogniser
    from portal.recognition.words import Described, Embedder

    Places = NDArray[np.intp]

LARGE = 1000  # from so many texts on halves are enough; fewer are told apart in quarters
UNCODED = 2000  # of the part that is learned from, without their labels


@dataclass(frozen=True, slots=True)
class Plan:
    """So many labels a theme; the seed of the splits; perhaps labels of one language only."""

    labels: int
    rounds: int
    seed: int
    lang: str | None = None


class Split(NamedTuple):
    """Places of the texts whose labels are learned from, of others of that part, of the rest."""

    taught: Places
    uncoded: Places
    judged: Places


class Try(NamedTuple):
    """What was suggested for each text of a round, and what the machine assigned."""

    sure: Floats  # texts × themes
    assigned: Flags  # as `sure`


def splits(cases: Sequence[Case], plan: Plan, turn: int) -> Iterator[Split]:
    """Each text is judged once; what is alike is never on both sides."""
    random = np.random.default_rng([plan.seed, turn])
    likes = {like: place for place, like in enumerate(dict.fromkeys(c.like for c in cases))}
    parts = 2 if len(cases) >= LARGE else 4
    drawn = random.permutation(len(likes)) % parts
    part = drawn[[likes[case.like] for case in cases]]
    order = random.permutation(len(cases))
    for out in range(parts):
        pool = order[part[order] != out]
        taught = _taught(cases, pool, plan)
        uncoded = pool[~np.isin(pool, taught)][:UNCODED]
        yield Split(taught, uncoded, np.flatnonzero(part == out))


def _taught(cases: Sequence[Case], pool: Places, plan: Plan) -> Places:
    """Texts in turn, as long as one of their themes has too few."""
    counts: dict[str, int] = {}
    found = []
    for place in pool:
        one = cases[place].labelled
        if plan.lang not in {None, one.lang}:
            continue
        if any(counts.get(theme, 0) < plan.labels for theme in one.themes):
            found.append(place)
            counts.update({theme: counts.get(theme, 0) + 1 for theme in one.themes})
    return np.array(found, np.intp)


def tried(
    embedder: Embedder,
    described: Sequence[Described],
    cases: Sequence[Case],
    themes: Sequence[str],
    plan: Plan,
) -> Iterator[Try]:
    """Round by round, all texts as they were judged."""
    for turn in range(plan.rounds):
        sure = np.zeros((len(cases), len(themes)))
        assigned = np.zeros(sure.shape, bool)
        for split in splits(cases, plan, turn):
            taught, new = ([cases[place].labelled for place in part] for part in split[:2])
            found = fitted(embedder, described, taught, new)
            sure[split.judged] = _sure(found, cases, split.judged, themes)
            assigned[split.judged] = _assigned(found, sure[split.judged], themes)
        yield Try(sure, assigned)


def _sure(
    found: Recogniser, cases: Sequence[Case], judged: Places, themes: Sequence[str]
) -> Floats:
    ones = [cases[place].labelled for place in judged]
    said = found.suggestions([one.text for one in ones], [one.lang for one in ones])
    rows = [{one.theme: one.confidence for one in row} for row in said]
    return np.array([[row.get(theme, 0.0) for theme in themes] for row in rows]).reshape(
        len(judged), len(themes)
    )


def _assigned(found: Recogniser, sure: Floats, themes: Sequence[str]) -> Flags:
    starts = np.array([found.automatic.get(theme, np.inf) for theme in themes])
    assigned: Flags = sure >= starts
    return assigned


def truth(cases: Sequence[Case], themes: Sequence[str]) -> Flags:
    return truth_of([case.labelled.themes for case in cases], themes)
