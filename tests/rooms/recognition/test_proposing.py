"""New patterns among uncoded texts, and vectors by language."""

from __future__ import annotations

from collections import Counter

import numpy as np
from scipy.sparse import csr_array

from portal.recognition.rules.centres import centres
from portal.recognition.rules.grams import Grams, unit
from portal.recognition.rules.proposing import LEAST, proposals
from tests.rooms.recognition.texts import Spelling, labelled


def test_like_texts_are_proposed_together() -> None:
    ones = labelled(40)
    texts = [one.text for one in ones]
    found = proposals(Spelling().vectors(texts), ["da"] * len(texts), texts)
    assert found == proposals(Spelling().vectors(texts), ["da"] * len(texts), texts)
    assert found
    sizes = [len(one.members) for one in found]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= LEAST
    assert all(set(one.near) <= set(one.members) and one.near for one in found)
    assert all(one.words for one in found)
    alike = [max(Counter(ones[place].themes for place in one.members).values()) for one in found]
    assert sum(alike) / sum(sizes) > 0.8


def test_few_texts_are_no_pattern() -> None:
    texts = ["kort"] * 19
    assert proposals(Spelling().vectors(texts), ["da"] * 19, texts) == []


def test_texts_without_words_have_no_words() -> None:
    texts = ["12 34"] * 30
    found = proposals(Spelling().vectors(texts), ["da"] * 30, texts)
    assert [one.words for one in found] == [()] * len(found)


def test_languages_lie_over_each_other() -> None:
    random = np.random.default_rng(2)
    middle = {"da": 3.0, "ar": -3.0}
    langs = ["da", "ar"] * 50
    vectors = (random.normal(size=(100, 8)) + [[middle[lang]] for lang in langs]).astype(np.float32)
    seen = centres(vectors, langs).centred(vectors, langs)
    means = [seen[[lang == one for lang in langs]].mean(axis=0) for one in middle]
    assert np.abs(means[0] - means[1]).max() < 0.4
    assert np.allclose(np.linalg.norm(seen, axis=1), 1)


def test_no_texts_at_all() -> None:
    none = np.zeros((0, 4), np.float32)
    found = centres(none, [])
    assert len(found.centred(none, [])) == 0
    assert found.centred(np.ones((1, 4), np.float32), ["so"]).shape == (1, 4)
    assert Grams().vectors([]).shape[0] == 0
    assert unit(csr_array((2, 3), dtype=np.float32)).nnz == 0
