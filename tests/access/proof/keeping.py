"""What was seen, kept in files, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tests.access.proof.words import Seen

if TYPE_CHECKING:
    from tests.access.proof.words import Look

ROOT = Path(__file__).parents[3]
BUILD = ROOT / "build" / "access"
# What is new each time a page is made, and says nothing about it.
FLEETING = re.compile(
    r'nonce="[^"]*"|name="csrf_token"[^>]*|value="[\w.\-]{40,}"|\b[0-9a-f]{32,}\b'
    r'|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|data-left="[^"]*"'
)
# What decides on a look beside the page itself.
PROGRAMS = (
    *("tests/access/*.py", "tests/access/probes/**/*", "tests/access/proof/across.py"),
    *("tests/access/proof/working.py", "tests/node/package-lock.json"),
    *("static/css/**/*", "static/js/**/*", "static/fonts/**/*"),
)


def programs_digest() -> str:
    """Changes with any program that looks, and with how pages are dressed."""
    whole = hashlib.sha256()
    for pattern in PROGRAMS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                whole.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return whole.hexdigest()


def digest(markup: str, programs: str) -> str:
    """Changes with the page, but not with what is new each time it is made."""
    return hashlib.sha256((programs + FLEETING.sub("", markup)).encode()).hexdigest()


@dataclass(frozen=True)
class Store:
    """A folder with a file for each look."""

    folder: Path = BUILD / "looks"

    def _file(self, look: Look) -> Path:
        return self.folder / f"{look.name}.json"

    def of(self, look: Look) -> Seen | None:
        """What was seen last time, if it can still be read."""
        try:
            kept = msgspec.json.decode(self._file(look).read_bytes(), type=Seen)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return kept if kept.look == look else None

    def keep(self, seen: Seen) -> None:
        """Write it, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self._file(seen.look)
        part = file.with_suffix(".part")
        part.write_bytes(msgspec.json.encode(seen))
        part.replace(file)
