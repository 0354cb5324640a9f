"""All figures of texts with known themes: suggestions, confidence, work done alone, groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans

from portal.recognition.rules.centres import centres
from portal.recognition.rules.scoring import (
    accuracy,
    calibration_error,
    error_by_chance,
    f1_of_themes,
    first_ones,
    likeness,
    macro_f1,
)
from portal.recognition.rules.trying import tried, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from portal.recognition.rules.learning import Flags, Floats
    from portal.recognition.rules.reading import Case
    from portal.recognition.rules.trying import Plan, Try
    from portal.recognition.words import Described, Embedder, Vectors

KS = (1, 2, 3)
OTHERS = "others"  # all languages whose labels were not learned from


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean over the rounds, the lowest and the highest."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the texts: how many, macro-F1 and accuracy."""

    texts: int
    macro_f1: Spread
    accuracy: Spread


@dataclass(frozen=True, slots=True)
class Alone:
    """What the machine would assign alone: the share of texts, and the precision in all rounds."""

    share: float
    assigned: int
    precision: float | None


@dataclass(frozen=True, slots=True)
class Groups:
    """What groups made without labels tell of themes, and of languages (before: uncentred)."""

    nmi: float
    ami: float
    language_nmi: float
    language_ami: float
    language_nmi_before: float


@dataclass(frozen=True, slots=True)
class Figures:
    """`k`: how many of the best-ranked themes are taken as the answer."""

    k: int
    by_k: Mapping[int, Spread]
    whole: Part
    languages: Mapping[str, Part]
    themes: Mapping[str, float]
    calibration_first: Spread
    calibration_all: Spread
    chance_first: float  # what calibration errors would be by chance if all confidence were true
    chance_all: float
    alone: Alone
    groups: Groups


class Remembering:
    """An embedder that embeds no text twice."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.name = embedder.name

    def vectors(self, texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._embedder.vectors(new), strict=True))
        if not texts:
            return self._embedder.vectors([])
        return np.stack([self._known[text] for text in texts])


def spread(values: Iterable[float]) -> Spread:
    found = list(values)
    return Spread(float(np.mean(found)), min(found), max(found))


def evaluated(
    embedder: Embedder,
    described: Sequence[Described],
    cases: Sequence[Case],
    plan: Plan,
    k: int | None = None,
) -> Figures:
    """All figures; with several themes a text the best k, unless it is given."""
    embedder = Remembering(embedder)
    themes = sorted({theme for case in cases for theme in case.labelled.themes})
    true = truth(cases, themes)
    rounds = list(tried(embedder, described, cases, themes, plan))
    by_k = {n: spread(macro_f1(one.sure, true, n) for one in rounds) for n in _ks(true, k)}
    best = max(by_k, key=lambda n: by_k[n].mean)
    by_theme = np.mean([f1_of_themes(one.sure, true, best) for one in rounds], axis=0)
    firsts = [first_ones(one.sure, true) for one in rounds]
    return Figures(
        k=best,
        by_k=by_k,
        whole=_part(rounds, true, np.ones(len(cases), bool), best),
        languages={
            lang: _part(rounds, true, rows, best) for lang, rows in _languages(cases, plan).items()
        },
        themes={theme: float(f1) for theme, f1 in zip(themes, by_theme, strict=True)},
        calibration_first=spread(calibration_error(*first) for first in firsts),
        calibration_all=spread(calibration_error(one.sure.ravel(), true.ravel()) for one in rounds),
        chance_first=error_by_chance(firsts[0][0]),
        chance_all=error_by_chance(rounds[0].sure.ravel()),
        alone=_alone(rounds, true),
        groups=groups_of(embedder, cases, len(themes), plan.seed),
    )


def _ks(true: Flags, k: int | None) -> Sequence[int]:
    if k is not None:
        return (k,)
    return KS if (true.sum(axis=1) > 1).any() else (1,)


def _languages(cases: Sequence[Case], plan: Plan) -> dict[str, Flags]:
    """Which texts are in each language, the most frequent first."""
    langs = np.array([case.labelled.lang for case in cases])
    found = {lang: langs == lang for lang, _ in Counter(langs.tolist()).most_common()}
    if plan.lang is not None and len(found) > 1:
        found[OTHERS] = langs != plan.lang
    return found


def _part(rounds: Sequence[Try], true: Flags, rows: Flags, k: int) -> Part:
    sure: list[Floats] = [one.sure[rows] for one in rounds]
    return Part(
        texts=int(rows.sum()),
        macro_f1=spread(macro_f1(one, true[rows], k) for one in sure),
        accuracy=spread(accuracy(one, true[rows]) for one in sure),
    )


def _alone(rounds: Sequence[Try], true: Flags) -> Alone:
    assigned = sum(int(one.assigned.sum()) for one in rounds)
    right = sum(int((one.assigned & true).sum()) for one in rounds)
    texts = float(np.mean([one.assigned.any(axis=1).mean() for one in rounds]))
    return Alone(texts, assigned, right / assigned if assigned else None)


def groups_of(embedder: Embedder, cases: Sequence[Case], count: int, seed: int) -> Groups:
    """As many groups as there are themes, told by likeness alone."""
    langs = [case.labelled.lang for case in cases]
    firsts = [case.labelled.themes[0] for case in cases]
    vectors = embedder.vectors([case.labelled.text for case in cases])
    seen = centres(vectors, langs).centred(vectors, langs)
    before, after = (
        KMeans(count, n_init=10, random_state=seed).fit_predict(one) for one in (vectors, seen)
    )
    return Groups(*likeness(after, firsts), *likeness(after, langs), likeness(before, langs)[0])
