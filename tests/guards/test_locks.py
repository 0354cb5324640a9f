"""What is installed is fixed to the byte, and comes from wherever the machine gets its packages."""

from __future__ import annotations

import json
import re

import pytest

from tests.guards.tree import ROOT

PYTHON = [
    *("requirements.lock", "requirements-dev.lock", "requirements-node.lock"),
    *(f"tests/security/programs/{name}.lock" for name in ("static", "web")),
]
NODE = ["package-lock.json", "tests/node/package-lock.json"]


@pytest.mark.parametrize("name", PYTHON)
def test_every_python_package_has_a_hash_and_no_host(name: str) -> None:
    lock = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-z])", re.sub(r"^#.*\n", "", lock, flags=re.MULTILINE))
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock


@pytest.mark.parametrize("name", NODE)
def test_every_node_package_has_a_hash_and_no_host(name: str) -> None:
    packages = json.loads((ROOT / name).read_text())["packages"]
    installed = {path: entry for path, entry in packages.items() if path}
    assert installed
    assert all("integrity" in entry and "resolved" not in entry for entry in installed.values())


def test_production_and_tests_run_the_same_versions() -> None:
    production, development = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))
        for name in PYTHON[:2]
    )
    assert production <= development
