"""The list of all parts (SBOM, CycloneDX 1.6) from the locks: what is locked, and nothing else.

`python -m tests.security.sbom FILE` writes it; the parts of tests and builds are told as such.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.guards.tree import ROOT

PRODUCTION = "requirements.lock"
PYTHON = (PRODUCTION, "requirements-dev.lock", "requirements-node.lock",
          "tests/security/programs/static.lock", "tests/security/programs/web.lock")  # fmt: skip
NODE = ("package-lock.json", "tests/node/package-lock.json")
# What the front end is built of goes into production; the rest of its packages only builds it.
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SRI = {"sha512": "SHA-512", "sha384": "SHA-384", "sha256": "SHA-256", "sha1": "SHA-1"}


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One version of one package, as a lock names it."""

    purl: str
    name: str
    version: str
    hashes: tuple[tuple[str, str], ...]
    licence: str | None = None


def python_parts(lock: str) -> list[Part]:
    """The parts of a lock of Python packages."""
    found = []
    for entry in re.split(r"\n(?=[A-Za-z0-9])", (ROOT / lock).read_text("utf-8")):
        pinned = PINNED.match(entry)
        if pinned is not None:
            name, version = pinned[1].lower().replace("_", "-").replace(".", "-"), pinned[2]
            hashes = tuple(("SHA-256", digest) for digest in sorted(HASH.findall(entry)))
            found.append(Part(f"pkg:pypi/{name}@{version}", name, version, hashes))
    return found


def node_parts(lock: str) -> list[Part]:
    """The parts of a lock of npm packages."""
    packages = json.loads((ROOT / lock).read_text("utf-8"))["packages"]
    return [_node(path, told) for path, told in packages.items() if path]


def _node(path: str, told: dict[str, Any]) -> Part:
    name = told.get("name") or path.rpartition("node_modules/")[2]
    kind, _, digest = told["integrity"].partition("-")
    hashes = ((SRI[kind], b64decode(digest).hex()),)
    purl = f"pkg:npm/{name.replace('@', '%40')}@{told['version']}"
    return Part(purl, name, told["version"], hashes, told.get("license"))


def locked() -> dict[Part, set[str]]:
    """Every part, with the locks that name it."""
    found: dict[Part, set[str]] = {}
    for lock in (*PYTHON, *NODE):
        for part in python_parts(lock) if lock in PYTHON else node_parts(lock):
            found.setdefault(part, set()).add(lock)
    return found


def _component(part: Part, locks: set[str]) -> dict[str, Any]:
    licence = {"licenses": [{"expression": part.licence}]} if part.licence else {}
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "scope": "required" if PRODUCTION in locks else "excluded",
        "hashes": [{"alg": kind, "content": digest} for kind, digest in part.hashes],
        "properties": [{"name": "indblik:lock", "value": lock} for lock in sorted(locks)],
        **licence,
    }


def bill() -> dict[str, Any]:
    """The list, the same to the letter for the same locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    merged: dict[str, tuple[Part, set[str]]] = {}
    for part, locks in sorted(locked().items(), key=lambda item: item[0].purl):
        merged.setdefault(part.purl, (part, set()))[1].update(locks)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": "indblik", "name": project["name"],
                "version": project["version"], "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [_component(*known) for known in merged.values()],
    }  # fmt: skip


if __name__ == "__main__":
    place = Path(sys.argv[1])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", "utf-8")
