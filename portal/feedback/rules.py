"""How more is hidden in a text. Pure: values in, values out."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from portal.feedback.words import KEY_LENGTH, Choice, NothingToHide, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")
MARK = re.compile(r"⟦([a-z_]+)⟧")  # what stands where something was hidden, by its kind
WORDS = re.compile(rf"{MARK.pattern}[.,;:!?)]*|[^\s⟦]+|⟦")
EDGES = re.compile(r"\w(?:.*\w)?", re.DOTALL)
NUMBERS = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")
BETWEEN_NUMBERS = re.compile(r"[\s,;]+")
MORE = "⟦more⟧"


def is_key(told: str) -> bool:
    """Whether this may be the key of an answer or a text."""
    return KEY.fullmatch(told) is not None


def fingerprint(text: str) -> str:
    """What a form remembers of the text that it was made for."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; what was hidden counts as one."""
    return tuple(
        Word(found.start(), found.end(), found[0], found[1]) for found in WORDS.finditer(text)
    )


def pieces_of(text: str) -> tuple[tuple[str, str | None], ...]:
    """The text in pieces: as it stands, or with the kind of what was hidden there."""
    pieces: list[tuple[str, str | None]] = []
    last = 0
    for found in MARK.finditer(text):
        pieces += [(text[last : found.start()], None), (found[0], found[1])]
        last = found.end()
    pieces.append((text[last:], None))
    return tuple(piece for piece in pieces if piece[0])


def numbers_in(told: str) -> tuple[str, ...]:
    """The numbers and spans of numbers that somebody typed, such as "5, 7-9", one by one."""
    joined = re.sub(r"\s*[-–]\s*", "-", told.strip())
    return tuple(part for part in BETWEEN_NUMBERS.split(joined) if part)


def without(text: str, choice: Choice) -> str:
    """The text with what was chosen hidden as well.

    Raises NothingToHide naming each phrase and number that does not stand in it; then nothing is.
    """
    words = words_of(text)
    spans: list[Span] = []
    missing: list[str] = []
    for told in choice.phrases:
        found = list(_phrase(text, words, told))
        spans += found
        missing += [] if found else [told]
    for told in choice.numbers:
        found = list(_numbered(words, told))
        spans += found
        missing += [] if found else [told]
    if missing or not spans:
        raise NothingToHide(tuple(missing))
    return _hidden(text, spans)


def _phrase(text: str, words: tuple[Word, ...], told: str) -> Iterator[Span]:
    """Where a phrase stands as whole words, in any case and however it is broken into lines."""
    body = r"\s+".join(re.escape(part) for part in told.split())
    before = r"(?<!\w)" if told[:1].isalnum() else ""
    after = r"(?!\w)" if told[-1:].isalnum() else ""
    marks = [(word.start, word.end) for word in words if word.hidden]
    for found in re.finditer(before + body + after, text, re.IGNORECASE):
        begin, end = found.span()
        if begin < end and not any(begin < last and first < end for first, last in marks):
            yield begin, end


def _numbered(words: tuple[Word, ...], told: str) -> Iterator[Span]:
    """Where the words of these numbers stand; nothing if one is not there, or hidden already."""
    found = NUMBERS.fullmatch(told)
    if found is None:
        return
    first, last = int(found[1]), int(found[2] or found[1])
    if not 1 <= first <= last <= len(words):
        return
    for word in words[first - 1 : last]:
        if word.hidden is None:
            core = EDGES.search(word.text)  # a full stop or a comma stays
            begin, end = core.span() if core else (0, len(word.text))
            yield word.start + begin, word.start + end


def _hidden(text: str, spans: list[Span]) -> str:
    """The text with the spans hidden; those that only space parts become one."""
    made, at = [], 0
    for begin, end in _joined(text, spans):
        made += [text[at:begin], MORE]
        at = end
    return "".join([*made, text[at:]])


def _joined(text: str, spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and not text[joined[-1][1] : begin].strip():
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
