"""New patterns among texts that nobody has coded: proposed by the machine, judged by people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import CountVectorizer

from portal.recognition.rules.centres import centres
from portal.recognition.words import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.recognition.words import Vectors

LETTERS = re.compile(r"[^\W\d_]{3,}")
LEAST = 10
MOST = 40  # proposals
WORDS, NEAR = 8, 8
SEED = 6


def proposals(vectors: Vectors, langs: Sequence[str], texts: Sequence[str]) -> list[Proposal]:
    """Groups of at least ten like texts, the largest first; deterministic.

    The texts are only read for the words of each group.
    """
    if len(vectors) < 2 * LEAST:
        return []
    seen = centres(vectors, langs).centred(vectors, langs)
    groups = min(MOST, len(vectors) // LEAST)
    model = MiniBatchKMeans(groups, random_state=SEED, batch_size=1024, n_init=3)
    codes = model.fit_predict(seen)
    found = [
        (np.flatnonzero(codes == code), model.cluster_centers_[code]) for code in range(groups)
    ]
    kept = [(members, middle) for members, middle in found if len(members) >= LEAST]
    kept.sort(key=lambda one: -len(one[0]))
    words = _words([members for members, _ in kept], texts)
    return [
        Proposal(tuple(members.tolist()), said, _near(seen, members, middle))
        for (members, middle), said in zip(kept, words, strict=True)
    ]


def _near(seen: Vectors, members: NDArray[np.intp], middle: NDArray[np.float32]) -> tuple[int, ...]:
    order = np.argsort(-(seen[members] @ middle), kind="stable")[:NEAR]
    return tuple(members[order].tolist())


def _words(groups: Sequence[NDArray[np.intp]], texts: Sequence[str]) -> list[tuple[str, ...]]:
    """What each group says more often than the others (class-based TF-IDF)."""
    counter = CountVectorizer(min_df=3, analyzer=_said)
    try:
        counts = counter.fit_transform(texts)
    except ValueError:  # no word is said by three
        return [() for _ in groups]
    names = counter.get_feature_names_out()
    said = np.stack([np.asarray(counts[members].sum(axis=0)).ravel() for members in groups])
    share = said / np.maximum(said.sum(axis=1, keepdims=True), 1)
    total = said.sum(axis=0)
    weight = share * np.log(1 + said.sum(axis=1).mean() / np.maximum(total, 1))
    orders = np.argsort(-weight, axis=1, kind="stable")[:, :WORDS]
    return [
        tuple(str(names[place]) for place in order if row[place] > 0)
        for row, order in zip(weight, orders, strict=True)
    ]


def _said(text: str) -> list[str]:
    return LETTERS.findall(text.lower())
