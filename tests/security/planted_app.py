"""The fixture application: one flaw in each file, and a twin without it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.security.rows import table
from tests.security.scanners import Finding, bandit, rows, ruff, semgrep

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANTED = Path(__file__).parent / "planted"
MARK = re.compile(r"planted: ([\w -]+?)\s*(?:#\}|$)", re.MULTILINE)
# Where a file of the application would stand: some rules look at one room only.
ROOMS = {".py": "portal/pages", ".html": "templates", ".js": "static/js"}
TARGETS = ("portal", "templates", "static")


def laid(kind: str, folder: Path) -> Path:
    """The application in a folder of its own, as it would stand in the repository."""
    for source in sorted((PLANTED / kind).iterdir()):
        place = folder / ROOMS[source.suffix]
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
    return folder


def expected() -> dict[str, set[str]]:
    """The rules of which one has to find it, for each flaw."""
    found = {}
    for path in sorted((PLANTED / "flawed").iterdir()):
        mark = MARK.search(path.read_text("utf-8"))
        assert mark is not None, path.name
        found[path.name] = set(mark[1].split())
    return found


def findings(root: Path) -> set[Finding]:
    """All that the scanners say of the application."""
    return {*ruff(root, ["portal"]), *bandit(root, ["portal"]), *semgrep(root, TARGETS),
            *_rows(root)}  # fmt: skip


def _rows(root: Path) -> Iterator[Finding]:
    for path in (root / "portal" / "pages").iterdir():
        known = table(path.read_text("utf-8"))
        if known:
            yield from rows(root, [path], known)
