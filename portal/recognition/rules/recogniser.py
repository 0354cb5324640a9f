"""What suggests themes for a text, and how it is kept as bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from scipy.sparse import csr_array, diags_array, hstack

from portal.recognition.rules.centres import Centres, plain
from portal.recognition.rules.grams import counted, unit
from portal.recognition.words import NotAModel, OtherEmbedder, Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from portal.recognition.words import Embedder, Vectors

    Floats = NDArray[np.float32]

VERSION = 1
PIECES = 0.4  # what the pieces of words weigh beside their meaning


@dataclass(frozen=True, slots=True)
class Space:
    """How a text becomes a row: its meaning, and its pieces where its language was learned."""

    centres: Centres
    rarity: Floats
    known: frozenset[str]

    def rows(self, vectors: Vectors, texts: Sequence[str], langs: Sequence[str]) -> csr_array:
        meaning = csr_array(self.centres.centred(vectors, langs))
        pieces = unit(csr_array(counted(texts) @ diags_array(self.rarity)))
        seen = np.array([plain(lang) in self.known for lang in langs], np.float32)
        return csr_array(hstack([meaning, diags_array(seen) @ pieces * PIECES]), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scale:
    """From a score to a probability: how steep, and how far it is moved."""

    slope: float = 1.0
    shift: float = 0.0

    def probability(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = 1 / (1 + np.exp(-self.slope * logit(shares) - self.shift))
        return found


def logit(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    held = np.clip(shares, 1e-6, 1 - 1e-6)
    found: NDArray[np.float64] = np.log(held / (1 - held))
    return found


@dataclass(frozen=True, slots=True)
class Lines:
    """One line a theme through the space, and where it begins."""

    weights: Floats
    begin: Floats

    def scores(self, rows: csr_array) -> NDArray[np.float64]:
        found: NDArray[np.float64] = np.asarray(rows @ self.weights.T, np.float64) + self.begin
        return found

    def shares(self, rows: csr_array) -> NDArray[np.float64]:
        """How the themes share each text among them."""
        return shared_out(self.scores(rows))

    def tempered(self, heat: float, expected: NDArray[np.float64]) -> Lines:
        """The same lines where themes are as common as expected, and scores so much steeper."""
        begin = heat * self.begin + np.log(expected * len(expected))
        return Lines((heat * self.weights).astype(np.float32), begin.astype(np.float32))


def shared_out(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as shares of one, text by text."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return found


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Suggests themes. `automatic`: from which confidence the machine may assign a theme alone."""

    embedder: Embedder
    themes: tuple[str, ...]
    space: Space
    lines: Lines
    scale: Scale
    automatic: Mapping[str, float]

    def suggestions(
        self, texts: Sequence[str], langs: Sequence[str]
    ) -> list[tuple[Suggestion, ...]]:
        """For each text all themes, the most probable first."""
        return self.of_vectors(self.embedder.vectors(texts), texts, langs)

    def of_vectors(
        self, vectors: Vectors, texts: Sequence[str], langs: Sequence[str]
    ) -> list[tuple[Suggestion, ...]]:
        """The same for texts whose vectors are kept."""
        if not texts:
            return []
        sure = self.scale.probability(self.lines.shares(self.space.rows(vectors, texts, langs)))
        order = np.argsort(-sure, axis=1, kind="stable")
        return [
            tuple(Suggestion(self.themes[place], float(row[place])) for place in places)
            for row, places in zip(sure, order, strict=True)
        ]

    def dump(self) -> bytes:
        middles = self.space.centres.languages
        return msgspec.msgpack.encode(
            _Kept(
                version=VERSION,
                embedder=self.embedder.name,
                themes=self.themes,
                langs=tuple(middles),
                known=tuple(sorted(self.space.known)),
                centres=np.stack([self.space.centres.overall, *middles.values()]).tobytes(),
                rarity=self.space.rarity.tobytes(),
                weights=self.lines.weights.tobytes(),
                begin=self.lines.begin.tobytes(),
                slope=self.scale.slope,
                shift=self.scale.shift,
                automatic=dict(self.automatic),
            )
        )


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Arrays are little-endian numbers of 32 bits, row by row."""

    version: int
    embedder: str
    themes: tuple[str, ...]
    langs: tuple[str, ...]
    known: tuple[str, ...]
    centres: bytes
    rarity: bytes
    weights: bytes
    begin: bytes
    slope: float
    shift: float
    automatic: dict[str, float]


_DECODER = msgspec.msgpack.Decoder(_Kept)


def unpacked(data: bytes, embedder: Embedder) -> Recogniser:
    """The recogniser that was dumped. Raises NotAModel and OtherEmbedder."""
    try:
        kept = _DECODER.decode(data)
        found = _recogniser(kept, embedder)
    except (msgspec.MsgspecError, ValueError) as wrong:
        message = f"not a recogniser of version {VERSION}"
        raise NotAModel(message) from wrong
    if kept.embedder != embedder.name:
        message = f"made with {kept.embedder}, and {embedder.name} is at hand: train it anew"
        raise OtherEmbedder(message)
    return found


def _recogniser(kept: _Kept, embedder: Embedder) -> Recogniser:
    if kept.version != VERSION:
        raise ValueError
    overall, *middles = _array(kept.centres).reshape(1 + len(kept.langs), -1)
    centres = Centres(overall, dict(zip(kept.langs, middles, strict=True)))
    space = Space(centres, _array(kept.rarity), frozenset(kept.known))
    lines = Lines(_array(kept.weights).reshape(len(kept.themes), -1), _array(kept.begin))
    scale = Scale(kept.slope, kept.shift)
    return Recogniser(embedder, kept.themes, space, lines, scale, kept.automatic)


def _array(data: bytes) -> Floats:
    return np.frombuffer(data, "<f4").astype(np.float32)
