"""What ruff, bandit, semgrep and our own scanner say of a tree of files. None asks outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.guards.tree import ROOT
from tests.security.rows import table, without_row
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
RULES = HERE / "rules"
PROGRAMS = ROOT / ".venv" / "scan-static" / "bin"
# What is scanned: all that runs in production, and what builds it.
TARGETS = ("portal", "forms", "migrations", "templates", "static/js", "static/build.mjs", "wsgi.py")
NOWHERE = "http://127.0.0.1:9"  # the way outside, for a program that might look for one


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that one scanner says of one line."""

    path: str
    line: int
    tool: str
    rule: str

    def text(self, root: Path) -> str:
        """The line, and the next, where a statement goes on."""
        lines = (root / self.path).read_text("utf-8").splitlines()
        return "\n".join(lines[self.line - 1 : self.line + 1])


def _run(command: Sequence[str | Path], root: Path, *, ends: tuple[int, ...]) -> str:
    # Each of them says by how it ends that something was found; other ends are a failure.
    env = os.environ | {
        "HTTPS_PROXY": NOWHERE, "HTTP_PROXY": NOWHERE, "SEMGREP_SEND_METRICS": "off",
    }  # fmt: skip
    done = subprocess.run(
        command, cwd=root, env=env, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode in ends, (command[0], done.returncode, done.stderr[-2000:])
    return done.stdout


def _program(name: str) -> Path:
    path = PROGRAMS / name
    if not path.exists():
        missing(f"{name} of the scanners")
    return path


def ruff(root: Path, targets: Sequence[str]) -> Iterator[Finding]:
    """What ruff's rules of security say, `noqa` or not."""
    command: list[str | Path] = [
        Path(sys.executable).parent / "ruff", "check", "--isolated", "--select", "S",
        "--ignore-noqa", "--exit-zero", "--no-cache", "--output-format", "json",
        "--target-version", "py311",
    ]  # fmt: skip
    for told in json.loads(_run([*command, *targets], root, ends=(0,))):
        path = Path(told["filename"]).relative_to(root)
        yield Finding(str(path), told["location"]["row"], "ruff", told["code"])


def bandit(root: Path, targets: Sequence[str]) -> Iterator[Finding]:
    """What bandit says."""
    command: list[str | Path] = [
        _program("bandit"),
        "--quiet",
        "--ignore-nosec",
        "--format",
        "json",
        "--recursive",
    ]
    for told in json.loads(_run([*command, *targets], root, ends=(0, 1)))["results"]:
        yield Finding(told["filename"], told["line_number"], "bandit", told["test_id"])


def semgrep(root: Path, targets: Sequence[str]) -> Iterator[Finding]:
    """What our own rules say, by semgrep's engine."""
    command: list[str | Path] = [
        _program("semgrep"), "scan", "--metrics=off", "--disable-version-check", "--json",
        "--quiet", "--jobs=1", "--no-git-ignore", "--disable-nosem", "--strict",
        "--project-root", root, "--config", RULES,
    ]  # fmt: skip
    told: dict[str, Any] = json.loads(_run([*command, *targets], root, ends=(0,)))
    assert told["errors"] == []
    assert told["paths"]["scanned"]
    for found in told["results"]:
        rule = found["check_id"].rpartition(".")[2]
        yield Finding(found["path"], found["start"]["line"], "semgrep", rule)


def rows(root: Path, files: Sequence[Path], known: set[str]) -> Iterator[Finding]:
    """Pages without a row of access."""
    for path, line, _endpoint in without_row(files, known):
        yield Finding(str(path.relative_to(root)), line, "rows", "access-row")


def of_tree() -> list[Finding]:
    """All that is found in what runs in production."""
    python = [path for path in TARGETS if not path.startswith(("templates", "static"))]
    pages = [*(ROOT / "portal" / "pages").rglob("*.py"), *(ROOT / "portal" / "api").rglob("*.py")]
    known = table((ROOT / "portal" / "pages" / "access.py").read_text("utf-8"))
    return sorted(
        {*ruff(ROOT, python), *bandit(ROOT, python), *semgrep(ROOT, TARGETS),
         *rows(ROOT, pages, known)}
    )  # fmt: skip


# --- What was looked at, and is as it should be.


@dataclass(frozen=True, slots=True)
class Accepted:
    """Findings that are none, and why."""

    rules: tuple[str, ...]
    path: str  # may hold *
    because: str
    holds: str = ""  # what stands in the line

    def covers(self, finding: Finding, text: str) -> bool:
        """Whether this is one of them."""
        return (finding.rule in self.rules and fnmatch(finding.path, self.path)
                and self.holds in text)  # fmt: skip


def accepted() -> list[Accepted]:
    """The list, which is written by hand."""
    told = tomllib.loads((HERE / "accepted.toml").read_text("utf-8"))["accepted"]
    return [Accepted(tuple(one.pop("rules")), **one) for one in told]
