"""A recogniser from descriptions, and from as many confirmed labels as there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from portal.recognition.rules.centres import Centres, centres, plain
from portal.recognition.rules.grams import counted, rarity
from portal.recognition.rules.recogniser import Lines, Recogniser, Scale, Space
from portal.recognition.words import TooFewThemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from portal.recognition.words import Described, Embedder, Labelled, Vectors

DESCRIBED = "described"  # descriptions are a language by themselves: their middle is their own
FIRM = 1.0


def fitted(
    embedder: Embedder,
    described: Sequence[Described],
    labelled: Sequence[Labelled],
    uncoded: Sequence[Labelled] = (),
) -> Recogniser:
    """A recogniser; the same for the same input. Raises TooFewThemes.

    `uncoded` are texts as they come in, their themes unknown: they tell how often each theme is
    met, and where a language lies that has few labels.
    """
    themes = _themes(described, labelled)
    said = [text for one in described for text in one.texts]
    texts = [*(one.text for one in labelled), *said]
    langs = [*(one.lang for one in labelled), *(DESCRIBED for _ in said)]
    vectors = embedder.vectors(texts)
    space = _space(embedder, vectors, texts, langs, uncoded)
    owners = [
        *(one.themes for one in labelled),
        *((one.code,) for one in described for _ in one.texts),
    ]
    rows = space.rows(vectors, texts, langs)
    lines = learned(rows, owners, themes)
    return Recogniser(embedder, themes, space, lines, Scale(), {})


def _themes(described: Sequence[Described], labelled: Sequence[Labelled]) -> tuple[str, ...]:
    found = {one.code for one in described if one.texts}
    found.update(theme for one in labelled for theme in one.themes)
    if len(found) < 2:  # noqa: PLR2004 to choose from
        raise TooFewThemes
    return tuple(sorted(found))


def _space(
    embedder: Embedder,
    vectors: Vectors,
    texts: Sequence[str],
    langs: Sequence[str],
    uncoded: Sequence[Labelled],
) -> Space:
    more = embedder.vectors([one.text for one in uncoded])
    found: Centres = centres(
        np.concatenate([vectors, more]), [*langs, *(one.lang for one in uncoded)]
    )
    known = frozenset(map(plain, langs))
    return Space(found, rarity(counted([*texts, *(one.text for one in uncoded)])), known)


def learned(rows: csr_array, owners: Sequence[Sequence[str]], themes: Sequence[str]) -> Lines:
    """The lines that part the themes; each theme weighs the same, however many texts it has."""
    places = {theme: place for place, theme in enumerate(themes)}
    pairs = [(row, places[theme], 1 / len(of)) for row, of in enumerate(owners) for theme in of]
    taken, codes, weights = (np.array(column) for column in zip(*pairs, strict=True))
    model = LogisticRegression(C=FIRM, max_iter=1000, class_weight="balanced")
    model.fit(rows[taken], codes, sample_weight=weights)
    return _lines(model.coef_, model.intercept_)


def _lines(weights: NDArray[np.float64], begin: NDArray[np.float64]) -> Lines:
    if len(weights) == 1:  # of two themes only the second has a line
        weights, begin = np.concatenate([-weights, weights]) / 2, np.array([-1, 1]) * begin / 2
    return Lines(weights.astype(np.float32), begin.astype(np.float32))
