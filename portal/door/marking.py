"""What is hidden in a text: what was found, and what the person wants hidden beyond that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from portal.scrubbing.words import MORE, Hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_WISHES = 100
BETWEEN = re.compile(r"[\n,;]")


class Piece(NamedTuple):
    """A piece of a text as it is shown; `kind` says what it is hidden as, if it is."""

    text: str
    kind: str | None


def wishes(typed: str) -> tuple[str, ...]:
    """The words that somebody wants hidden: each on a line of its own, or between commas."""
    named = (" ".join(word.split()) for word in BETWEEN.split(typed))
    return tuple(dict.fromkeys(word for word in named if word))[:MOST_WISHES]


def wished(text: str, words: Sequence[str]) -> Iterator[Hidden]:
    """Where these words stand in a text, in whatever case."""
    for word in words:
        yield from (Hidden(*found.span(), MORE) for found in _pattern(word).finditer(text))


def _pattern(word: str) -> re.Pattern[str]:
    inside = r"\s+".join(map(re.escape, word.split()))
    return re.compile(rf"(?<!\w){inside}(?!\w)", re.IGNORECASE)


def not_found(words: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The words that stand in none of the texts."""
    everything = list(texts)
    return [word for word in words if not any(map(_pattern(word).search, everything))]


def merged(spans: Iterable[Hidden]) -> tuple[Hidden, ...]:
    """The same pieces, sorted; those that overlap are one, of the kind of its first."""
    found: list[Hidden] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.kind == MORE)):
        if found and span.start < found[-1].end:
            last = found.pop()
            found.append(Hidden(last.start, max(last.end, span.end), last.kind))
        elif span.end > span.start:
            found.append(span)
    return tuple(found)


def pieces(text: str, spans: Iterable[Hidden]) -> Iterator[Piece]:
    """The text in its order, hidden pieces apart."""
    end = 0
    for span in spans:
        if span.start > end:
            yield Piece(text[end : span.start], None)
        yield Piece(text[span.start : span.end], span.kind)
        end = span.end
    if end < len(text):
        yield Piece(text[end:], None)
