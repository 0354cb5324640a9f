"""Texts about a few things, and an embedder that sees which words they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.recognition.words import Described, Labelled
from tests.rooms.scrubbing.texts import shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.recognition.words import Vectors

__all__ = ["DESCRIBED", "Spelling", "labelled", "shared"]

WORDS = {
    "waiting": ("ventetid", "måneder", "langsomt", "længe", "vente"),
    "tone": ("venlig", "sød", "høflig", "tonen", "smilende"),
    "letters": ("brev", "post", "kuvert", "læse", "sider"),
}
DESCRIBED = tuple(Described(code, (code, " ".join(words[:2]))) for code, words in WORDS.items())


class Spelling:
    """Each word has a direction of its own, the same in every run."""

    name = "spelling-1"

    def vectors(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), 64), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                seed = int.from_bytes(word.encode()[:6], "big")
                found[row] += np.random.default_rng(seed).normal(size=64)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
        return found


def labelled(each: int, lang: str = "da", *, wrong: int = 0) -> list[Labelled]:
    """So many texts of each thing; the first few of each are marked as something else."""
    random = np.random.default_rng(1)
    codes = list(WORDS)
    found = []
    for place, code in enumerate(codes):
        for number in range(each):
            said = " ".join(random.choice(WORDS[code], 3))
            theme = codes[(place + 1) % len(codes)] if number < wrong else code
            found.append(Labelled(f"{said} nr{number}", lang, (theme,)))
    return found
