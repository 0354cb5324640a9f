"""A recogniser from descriptions, and from as many confirmed labels as there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.recognition.rules.calibrating import (
    STEEP,
    automatic,
    heat_of,
    importance,
    prevalence,
    scale_of,
)
from portal.recognition.rules.centres import centres, plain
from portal.recognition.rules.grams import counted, rarity
from portal.recognition.rules.learning import FOLDS, ground_of, truth_of
from portal.recognition.rules.recogniser import Recogniser, Scale, Space, shared_out
from portal.recognition.words import Labelled, TooFewThemes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scipy.sparse import csr_array

    from portal.recognition.rules.learning import Flags, Floats
    from portal.recognition.rules.recogniser import Lines
    from portal.recognition.words import Described, Embedder

DESCRIBED = "described"  # descriptions are a language by themselves: their middle is their own
BOLD = 0.5  # common themes are preferred by half: by all, the rare would never be suggested
ENOUGH = 20  # labelled texts by which to judge confidence
MANY = 100  # uncoded texts by which to judge how common themes are


def fitted(
    embedder: Embedder,
    described: Sequence[Described],
    labelled: Sequence[Labelled],
    uncoded: Sequence[Labelled] = (),
) -> Recogniser:
    """A recogniser; the same for the same input. Raises TooFewThemes.

    `uncoded` are texts as they come in, their themes unknown: they tell how common each theme is,
    and where a language lies that has few labels. A thousand are plenty.
    """
    themes = _themes(described, labelled)
    told = [Labelled(text, DESCRIBED, (one.code,)) for one in described for text in one.texts]
    every = [*labelled, *told, *uncoded]
    taught = len(labelled) + len(told)
    space, rows = _space(embedder, every, taught)
    truth, of_told = (truth_of([one.themes for one in part], themes) for part in (labelled, told))
    ground = ground_of(rows[:taught], truth, of_told)
    lines = ground.lines()
    held = None
    if _can_be_judged(truth):
        held = ground.held_out([one.text for one in labelled])
    heat = STEEP if held is None else heat_of(held, truth)
    expected = _expected(lines, heat, rows[taught:], truth)
    lines = lines.tempered(heat, expected**BOLD)
    if held is None:
        return Recogniser(embedder, themes, space, lines, Scale(), {})
    shares = shared_out(heat * held + BOLD * np.log(expected))
    scale, alone = _judged(shares, truth, importance(truth, expected), themes)
    return Recogniser(embedder, themes, space, lines, scale, alone)


def _themes(described: Sequence[Described], labelled: Sequence[Labelled]) -> tuple[str, ...]:
    found = {one.code for one in described if one.texts}
    found.update(theme for one in labelled for theme in one.themes)
    if len(found) < 2:  # noqa: PLR2004 to choose from
        message = "there are fewer than two themes to choose from"
        raise TooFewThemes(message)
    return tuple(sorted(found))


def _space(embedder: Embedder, every: Sequence[Labelled], taught: int) -> tuple[Space, csr_array]:
    """Where all texts lie, of which the first are taught; and their rows there."""
    texts, langs = [one.text for one in every], [one.lang for one in every]
    vectors = embedder.vectors(texts)
    known = frozenset(map(plain, langs[:taught]))
    space = Space(centres(vectors, langs), rarity(counted(texts)), known)
    return space, space.rows(vectors, texts, langs)


def _can_be_judged(truth: Flags) -> bool:
    """Whether enough is confirmed, and no fold is left with less than two themes."""
    return len(truth) >= ENOUGH and int((truth.sum(axis=0) >= FOLDS).sum()) > 1


def _expected(lines: Lines, heat: float, uncoded: csr_array, truth: Flags) -> Floats:
    """How common each theme is: among the uncoded as far as is seen, else among the labels."""
    if uncoded.shape[0] < MANY:
        return prevalence(truth)
    found: Floats = shared_out(heat * lines.scores(uncoded)).mean(axis=0)
    return found


def _judged(
    shares: Floats, truth: Flags, weights: Floats, themes: Sequence[str]
) -> tuple[Scale, Mapping[str, float]]:
    scale = scale_of(shares, truth, weights)
    return scale, automatic(scale.probability(shares), truth, weights, themes)
