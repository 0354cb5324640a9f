"""How much of what was marked is hidden, and how much else."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from portal.scrubbing.rules.reading import laid_out
from portal.scrubbing.words import Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.scrubbing.rules.scrubber import Scrubber
    from portal.scrubbing.words import Hidden, Marked, Sentence


class Tally:
    """Counts of one language, or of all."""

    def __init__(self) -> None:
        self.marked: Counter[str] = Counter()
        self.hidden: Counter[str] = Counter()
        self.plain = self.plain_hidden = self.stays = self.stayed = 0

    def score(self) -> Score:
        kinds = {kind: self.hidden[kind] / count for kind, count in sorted(self.marked.items())}
        return Score(
            marked=dict(sorted(self.marked.items())),
            hidden={kind: round(share, 4) for kind, share in kinds.items()},
            plain=self.plain,
            plain_hidden_per_1000=round(1000 * self.plain_hidden / max(1, self.plain), 2),
            must_stay=self.stays,
            stayed=self.stayed,
        )


def scores_of_comments(comments: Iterable[Marked], scrubber: Scrubber) -> dict[str, Score]:
    """By language, and "all": shares of characters; words are split at white space."""
    tallies: dict[str, Tally] = {"all": Tally()}
    for comment in comments:
        covered = _covered(len(comment.text), scrubber.spans(comment.text, comment.lang))
        for tally in (tallies["all"], tallies.setdefault(comment.lang, Tally())):
            _count(tally, comment, covered)
    return {name: tally.score() for name, tally in tallies.items()}


def _count(tally: Tally, comment: Marked, covered: bytearray) -> None:
    named = bytearray(len(comment.text))
    for start, end, kind in comment.marks:
        named[start:end] = b"\1" * (end - start)
        tally.marked[kind] += end - start
        tally.hidden[kind] += sum(covered[start:end])
    for word in re.finditer(r"\S+", comment.text):
        if not any(named[word.start() : word.end()]):
            tally.plain += 1
            tally.plain_hidden += any(covered[word.start() : word.end()])
    for piece in comment.must_stay:
        tally.stays += 1
        tally.stayed += _stays(piece, comment.text, named, covered)


def _stays(piece: str, text: str, named: bytearray, covered: bytearray) -> bool:
    """Whether the string is seen wherever it stands outside what was marked."""
    places = (match.span() for match in re.finditer(re.escape(piece), text))
    return not any(any(covered[a:b]) for a, b in places if not any(named[a:b]))


def scores_of_sentences(sentences: Iterable[Sentence], scrubber: Scrubber) -> dict[str, Score]:
    """Shares of words: one counts as hidden when all its letters and digits are."""
    tally = Tally()
    for sentence in sentences:
        text = " ".join(word for word, _ in sentence)
        covered = _covered(len(text), scrubber.spans(text, "da"))
        for start, end, tag in laid_out(sentence):
            letters = [covered[at] for at in range(start, end) if text[at].isalnum()]
            if letters and tag == "O":
                tally.plain += 1
                tally.plain_hidden += any(letters)
            elif letters:
                tally.marked[tag[2:]] += 1
                tally.hidden[tag[2:]] += all(letters)
    return {"all": tally.score()}


def _covered(length: int, spans: Sequence[Hidden]) -> bytearray:
    covered = bytearray(length)
    for start, end, _ in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered
