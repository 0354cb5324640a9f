"""The published list of cohorts, as the file holds it now."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from portal.answers.rules import cohorts_of
from portal.answers.words import WrongList

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from portal.answers.words import Cohort


class ListMissingError(Exception):
    """The list is not there, or cannot be believed: no ticket can be checked right now."""


class Published:
    """The list in its file, read again whenever the file has changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._read: tuple[tuple[int, int, int], Mapping[str, Cohort]] | None = None

    def cohorts(self) -> Mapping[str, Cohort]:
        """The cohorts by name. Raises ListMissingError."""
        with self._lock:
            try:
                found = self._file.stat()
                stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
                if self._read is None or self._read[0] != stamp:
                    self._read = stamp, cohorts_of(self._file.read_text("utf-8"))
            except (OSError, ValueError, WrongList) as error:
                raise ListMissingError from error
            return self._read[1]
