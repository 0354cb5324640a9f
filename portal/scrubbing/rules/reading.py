"""Marked texts to learn from and to be measured by: comments and entity files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from portal.scrubbing.words import Marked, Sentence, WrongFile

if TYPE_CHECKING:
    from collections.abc import Iterator


def comments(text: str) -> list[Marked]:
    """Comments with what was marked in them, one JSON object a line."""
    found: list[Marked] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_comment(json.loads(line)))
        except (ValueError, KeyError, TypeError) as wrong:
            message = f"line {number}: not a comment as its README describes"
            raise WrongFile(message) from wrong
    return found


def _comment(row: dict[str, Any]) -> Marked:
    text: str = row["text"]
    marks = [(_found(text, mark["text"], mark["occurrence"]), mark["type"]) for mark in row["pii"]]
    return Marked(
        text=text,
        lang=row["lang"],
        marks=tuple((start, end, kind) for (start, end), kind in marks),
        must_stay=tuple(row["must_stay"]),
    )


def _found(text: str, piece: str, occurrence: int) -> tuple[int, int]:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(piece, start + 1)
    return start, start + len(piece)


def sentences(text: str) -> list[Sentence]:
    """Words with their tags, from IOB2 with numbered lines or from columns of word and tag."""
    found: list[Sentence] = []
    words: list[tuple[str, str]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("# "):
            continue
        if line.strip():
            words.append(_word(line, number))
        elif words:
            found.append(tuple(words))
            words = []
    return found


def _word(line: str, number: int) -> tuple[str, str]:
    columns = line.split("\t")
    if columns[0].isdecimal() and len(columns) > 2 and _tag(columns[2]):  # noqa: PLR2004 number, word, tag
        columns = columns[1:]
    if len(columns) < 2 or not _tag(columns[1]):  # noqa: PLR2004 a word and its tag
        message = f"line {number}: not a word and its tag"
        raise WrongFile(message)
    return columns[0], columns[1]


def _tag(text: str) -> bool:
    return text == "O" or text[:2] in {"B-", "I-"}


def laid_out(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Where each word stands, and its tag, when the words are joined by spaces."""
    start = 0
    for word, tag in sentence:
        yield start, start + len(word), tag
        start += len(word) + 1
