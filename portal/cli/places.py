"""Where the import of each file was left: a small file for each in the data folder.

It is written after what it tells of was committed, so what it passes over is in the database.
"""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from portal.cli.house import CannotRun
from portal.cli.lines import Place

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "imports"


class Places:
    """The places that are noted under this folder. Raises CannotRun."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            message = f"INDBLIK_DATA_DIR cannot be written to: {type(error).__name__}."
            raise CannotRun(message) from None

    def of(self, file: Path) -> Place | None:
        """Where this file was left, if it was ever begun."""
        try:
            return msgspec.json.decode(self._note(file).read_bytes(), type=Place)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def keep(self, file: Path, place: Place) -> None:
        """Note the place, all of it or nothing."""
        note = self._note(file)
        fresh = note.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(asdict(place)))
        fresh.replace(note)

    def _note(self, file: Path) -> Path:
        name = sha256(str(file.resolve()).encode()).hexdigest()
        return self._folder / f"{name}.json"
