"""A feed file as records: one a line, read as it comes, and again from where it was left."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from portal.feed.rules import LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

CHUNK = 1 << 20


class Line(NamedTuple):
    number: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was read, and what stood there until then."""

    offset: int  # bytes
    line: int
    digest: str


class Batch(NamedTuple):
    """Some lines that hold something, the bytes that they took, and the place after them."""

    lines: list[Line]
    size: int
    end: Place


class Reader:
    """Reads a file in order. Of a line that is too long only the beginning is kept."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = blake2b()
        self._offset = self._line = 0

    @property
    def place(self) -> Place:
        """Where the next line begins."""
        return Place(self._offset, self._line, self._digest.hexdigest())

    def pass_over(self, place: Place) -> None:
        """Read on to this place, if what stands before it is what stood there."""
        while self._offset < place.offset:
            if not self._take(self._file.read(min(CHUNK, place.offset - self._offset))):
                return
        if self.place.digest == place.digest:
            self._line = place.line

    def batches(self, size: int) -> Iterator[Batch]:
        """What there is from here on, so many lines at a time."""
        found: list[Line] = []
        begin = self._offset
        while text := self._next():
            if not text.isspace():
                found.append(Line(self._line, text.rstrip(b"\r\n")))
            if len(found) == size:
                yield Batch(found, self._offset - begin, self.place)
                found, begin = [], self._offset
        if found:
            yield Batch(found, self._offset - begin, self.place)

    def _next(self) -> bytes:
        text = self._take(self._file.readline(LINE_BYTES + 2))
        self._line += bool(text)
        rest = text
        while rest and not rest.endswith(b"\n"):
            rest = self._take(self._file.readline(LINE_BYTES))
        return text

    def _take(self, text: bytes) -> bytes:
        self._digest.update(text)
        self._offset += len(text)
        return text


def reader_from(file: IO[bytes], place: Place | None) -> Reader:
    """A reader that stands at this place, or at the beginning where the file is another one."""
    reader = Reader(file)
    if place is None:
        return reader
    reader.pass_over(place)
    if reader.place == place:
        return reader
    file.seek(0)
    return Reader(file)
