"""Names say what a thing is, and everything stands in its place."""

from __future__ import annotations

import re

from tests.guards.tree import ROOT, code, tracked

WORD = "(?:util|helper|common|manager|service)"
PATH = re.compile(rf"(?:^|/)[^/]*{WORD}[^/]*(?=/|\.py$)", re.IGNORECASE)
# `init_poolmanager` is what requests calls the method that its adapters override.
DEFINITION = re.compile(
    rf"^\s*(?:class|def) (?!init_poolmanager)\w*{WORD}\w*", re.IGNORECASE | re.MULTILINE
)
TOP_LEVEL = {
    *("portal", "forms", "translations", "templates", "static", "migrations", "tests", "docs"),
    *(
        ".ci",
        "pyproject.toml",
        "wsgi.py",
        "README.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "LICENSE",
        "Makefile",
    ),
    *("requirements.lock", "requirements-dev.lock", "requirements-node.lock"),
    *("package.json", "package-lock.json", ".gitignore", ".npmrc"),
}


def test_no_name_says_nothing() -> None:
    assert not [path for path in code() if PATH.search(path)]
    found = {path: DEFINITION.findall((ROOT / path).read_text()) for path in code()}
    assert not {path: names for path, names in found.items() if names}


def test_an_empty_name_is_found() -> None:
    assert PATH.search("portal/cases/helpers.py")
    assert PATH.search("portal/common/rules.py")
    assert DEFINITION.search("class CaseManager:")
    assert not PATH.search("portal/cases/rules.py")


def test_the_top_level_is_as_agreed() -> None:
    assert {path.split("/")[0] for path in tracked()} <= TOP_LEVEL
