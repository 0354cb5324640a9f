"""The list of all parts holds what the locks hold: all of it, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

from tests.guards.tree import ROOT, tracked
from tests.security.sbom import NODE, PRODUCTION, PYTHON, bill
from tests.servers.skips import missing

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = ROOT / ".venv" / "scan-static" / "bin" / "python"
VALIDATE = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
print(JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read()) or "valid")
"""


def named(bill_of: dict[str, list[dict[str, str]]]) -> set[str]:
    return {part["purl"] for part in bill_of["components"]}


def pinned(lock: str) -> set[str]:
    """The packages of a lock of Python packages, read in another way than the list's."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    heads = [line.split(";")[0].split()[0] for line in lines if re.match(r"[a-zA-Z].*==", line)]
    pairs = [re.sub(r"\[.*\]", "", head).split("==") for head in heads]
    return {f"pkg:pypi/{re.sub('[._]', '-', name.lower())}@{version}" for name, version in pairs}


def installed(lock: str) -> set[str]:
    packages = json.loads((ROOT / lock).read_text("utf-8"))["packages"]
    return {
        f"pkg:npm/{path.split('node_modules/')[-1].replace('@', '%40')}@{told['version']}"
        for path, told in packages.items()
        if path
    }


def test_every_locked_package_is_a_part() -> None:
    wanted = set[str]().union(*map(pinned, PYTHON), *map(installed, NODE))
    assert named(bill()) == wanted
    assert len(wanted) > 300


def test_every_lock_is_read() -> None:
    locks = {path for path in tracked() if path.endswith((".lock", "package-lock.json"))}
    assert locks == {*PYTHON, *NODE}


def test_every_part_has_a_hash_and_its_scope() -> None:
    parts = bill()["components"]
    assert [part["name"] for part in parts if not part["hashes"]] == []
    required = {part["purl"] for part in parts if part["scope"] == "required"}
    assert required == pinned(PRODUCTION)


def test_it_is_of_the_published_form(tmp_path: Path) -> None:
    if not PROGRAM.exists():
        missing("the schema of CycloneDX")
    told = json.dumps(bill())
    done = subprocess.run([PROGRAM, "-c", VALIDATE], input=told, capture_output=True, text=True,
                          check=True, timeout=60)  # fmt: skip
    assert done.stdout.strip() == "valid"


def test_it_is_the_same_for_the_same_locks() -> None:
    assert json.dumps(bill()) == json.dumps(bill())
