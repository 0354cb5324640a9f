"""The files of this room: the trained models and the sets of words, read once."""

from __future__ import annotations

import gzip
import tempfile
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

from portal.scrubbing.rules.features import features
from portal.scrubbing.rules.lexicon import Bloom
from portal.scrubbing.rules.scrubber import Scrubber
from portal.scrubbing.words import LANGS, Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.scrubbing.words import Sentence

DATA = Path(__file__).parent / "data"
CASED, LOWER = "cased.crf", "lower.crf"
LABELS = frozenset(("PER", "LOC", "ORG"))
TRAINING = {
    "c1": 0.1,
    "c2": 0.05,
    "max_iterations": 120,
    "feature.possible_transitions": True,
}


def cues(countries: set[str]) -> dict[str, frozenset[str]]:
    """The words that the rules go by; `countries` name nobody."""
    found = _blocks("cues.toml")
    kept = found["bodies"] | found["courtesy"] | found["illnesses"]
    return {**found, "kept": kept | countries, **_blocks("given.toml")}


def _blocks(name: str) -> dict[str, frozenset[str]]:
    read = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    return {block: frozenset(words.split()) for block, words in read.items()}


@cache
def lexicon() -> Lexicon:
    lists: defaultdict[str, set[str]] = defaultdict(set)
    with gzip.open(DATA / "names.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            kind, _, word = line.rstrip("\n").partition("\t")
            lists[kind].add(word)
    more = _blocks("given.toml")
    lists["given"].update(more["given_arabic"], more["given_latin"])
    lists["family"].update(more["family_latin"])
    plain = {lang: Bloom((DATA / f"plain.{lang}.bloom").read_bytes()) for lang in LANGS}
    given, family, towns = (frozenset(lists[kind]) for kind in ("given", "family", "town"))
    frequent = {lang: frozenset(lists[f"frequent.{lang}"]) for lang in LANGS}
    return Lexicon(plain, given, family, towns, frequent, cues(lists["country"]))


def tagger(name: str) -> pycrfsuite.Tagger:
    found = pycrfsuite.Tagger()
    found.open(str(DATA / name))
    return found


@cache
def scrubber() -> Scrubber:
    """The one scrubber of this process."""
    return Scrubber(lexicon(), tagger(CASED), tagger(LOWER))


def trained(sentences: Iterable[Sentence], *, cased: bool) -> bytes:
    """A model of the sentences' people, places and organisations; the same for the same input."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(TRAINING)
    for sentence in sentences:
        words = [word if cased else word.lower() for word, _ in sentence]
        labels = [tag if tag[2:] in LABELS else "O" for _, tag in sentence]
        trainer.append(features(words, lexicon(), cased=cased), labels)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model"
        trainer.train(str(file))
        return file.read_bytes()
