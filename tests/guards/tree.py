"""What is in the repository: the files that git tracks, or would."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("portal/", "forms/", "migrations/", "tests/", "wsgi.py")
BINARY = {".woff2", ".png", ".ico", ".jpg", ".webp", ".pdf", ".bloom", ".crf", ".gz"}


@cache
def tracked() -> tuple[str, ...]:
    """Tracked files, and new ones that no rule ignores, by their path from the top."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    return tuple(sorted(path for path in set(listed) if path and (ROOT / path).is_file()))


def code() -> list[str]:
    """The Python files."""
    return [path for path in tracked() if path.endswith(".py") and path.startswith(CODE)]


def texts() -> dict[str, str]:
    """Every tracked text file with what it holds."""
    paths = (path for path in tracked() if Path(path).suffix not in BINARY)
    return {path: (ROOT / path).read_text(encoding="utf-8") for path in paths}
