"""One scrubber for all tests of the room, and what it says of a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.scrubbing.queries import scrubber
from portal.scrubbing.rules.scrubber import scrubbed

if TYPE_CHECKING:
    from collections.abc import Iterable

SHARED = Path(__file__).parents[4] / "shared" / "data"
NO_DATA = "the shared data is not here"


def hidden(text: str, lang: str = "da") -> list[tuple[str, str]]:
    """What is hidden of a text: the piece and its kind."""
    return [(text[start:end], kind) for start, end, kind in scrubber().spans(text, lang)]


def shown(text: str, lang: str = "da") -> str:
    return scrubbed(text, scrubber().spans(text, lang))


def covered(text: str, piece: str, lang: str = "da") -> bool:
    """Whether all letters and digits of the piece are hidden."""
    start = text.index(piece)
    marks = bytearray(len(text))
    for first, last, _ in scrubber().spans(text, lang):
        marks[first:last] = b"\1" * (last - first)
    places = range(start, start + len(piece))
    return all(marks[place] for place in places if text[place].isalnum())


def shared(*names: str) -> list[Path]:
    """Files of the shared data; without them the test is left out."""
    files = [SHARED / name for name in names]
    if not all(file.is_file() for file in files):
        pytest.skip(NO_DATA)
    return files


def ids(rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [row[0] for row in rows]
