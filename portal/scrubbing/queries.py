"""The files of this room: the trained models and the sets of words, read once."""

from __future__ import annotations

import gzip
import tomllib
from functools import cache
from pathlib import Path

import pycrfsuite

from portal.scrubbing.rules.lexicon import Bloom
from portal.scrubbing.rules.scrubber import Scrubber
from portal.scrubbing.words import LANGS, Lexicon

DATA = Path(__file__).parent / "data"


def cues() -> dict[str, frozenset[str]]:
    found = _blocks("cues.toml")
    kept = found["bodies"] | found["courtesy"] | found["illnesses"]
    return {**found, "kept": kept, "arabic_given": _blocks("given.toml")["arabic"]}


def _blocks(name: str) -> dict[str, frozenset[str]]:
    read = tomllib.loads((DATA / name).read_text(encoding="utf-8"))
    return {block: frozenset(words.split()) for block, words in read.items()}


@cache
def lexicon() -> Lexicon:
    lists: dict[str, set[str]] = {"given": set(), "family": set(), "town": set()}
    with gzip.open(DATA / "names.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            kind, _, word = line.rstrip("\n").partition("\t")
            lists[kind].add(word)
    lists["given"].update(*_blocks("given.toml").values())
    plain = {lang: Bloom((DATA / f"plain.{lang}.bloom").read_bytes()) for lang in LANGS}
    given, family, towns = (frozenset(lists[kind]) for kind in ("given", "family", "town"))
    return Lexicon(plain, given, family, towns, cues())


def tagger(name: str) -> pycrfsuite.Tagger:
    found = pycrfsuite.Tagger()
    found.open(str(DATA / name))
    return found


@cache
def scrubber() -> Scrubber:
    """The one scrubber of this process."""
    return Scrubber(lexicon(), tagger("cased.crf"), tagger("lower.crf"))
