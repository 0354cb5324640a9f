"""A feed file as records: one a line, read as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from portal.feed.rules import LINE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: bytes


def lines(file: BinaryIO) -> Iterator[Line]:
    """The lines that hold something. Of one that is too long only the beginning is kept."""
    number = 0
    while text := file.readline(LINE_BYTES + 2):
        number += 1
        if not text.endswith(b"\n"):
            _pass_over(file)
        if text.strip():
            yield Line(number, text.rstrip(b"\r\n"))


def _pass_over(file: BinaryIO) -> None:
    while (rest := file.readline(LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


def batches(found: Iterator[Line], size: int) -> Iterator[list[Line]]:
    """The lines in lists of this size."""
    while batch := list(islice(found, size)):
        yield batch
