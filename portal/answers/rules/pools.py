"""Pools: what waits in them stands in the order of random keys, whatever came first.

A pool is written anew, as a whole, whenever an answer comes, so that no row, no number and no place
in the database says when. Each part of an answer is an entry of its own, with a key of its own.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from portal.answers.words import Pool, Ratings, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from portal.questionnaire.words import Content

LEAST = 10  # answers that are released together, or wait


def entries_of(content: Content, keys: Iterator[str]) -> Pool:
    """An answer taken apart. Blank texts are none."""
    ratings = Ratings(
        next(keys),
        content.version,
        content.lang,
        dict(sorted(content.ratings.items())),
        {question: tuple(options) for question, options in sorted(content.choices.items())},
    )
    texts = (
        Text(next(keys), content.version, content.lang, question, text)
        for question, text in content.texts.items()
        if text.strip()
    )
    return Pool((ratings,), tuple(texts))


def together(pools: Iterable[Pool]) -> Pool:
    """Several pools as one, each entry in its place by key; the same key counts once."""
    ratings: dict[str, Ratings] = {}
    texts: dict[str, Text] = {}
    for pool in pools:
        ratings |= {one.key: one for one in pool.ratings}
        texts |= {one.key: one for one in pool.texts}
    by_key = attrgetter("key")
    return Pool(
        tuple(sorted(ratings.values(), key=by_key)), tuple(sorted(texts.values(), key=by_key))
    )


def packed(pool: Pool) -> bytes:
    """A pool as it is stored. An empty one is no bytes at all."""
    return msgspec.json.encode(pool) if pool != Pool() else b""


# msgspec takes a class apart at its first use, which two threads must not do at the same time.
_DECODER = msgspec.json.Decoder(Pool)


def unpacked(stored: bytes) -> Pool:
    """A pool as it was packed. Raises msgspec.MsgspecError for anything else."""
    return _DECODER.decode(stored) if stored else Pool()


def is_ripe(pool: Pool) -> bool:
    """Whether there are enough answers to be released together."""
    return len(pool.ratings) >= LEAST
