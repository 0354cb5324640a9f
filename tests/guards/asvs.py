"""The map of OWASP ASVS 5.0.0: what it must hold, what is wrong with it, and how it reads.

`python -m tests.guards.asvs` writes docs/security/asvs.md anew from docs/security/asvs.toml.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
MAP = ROOT / "docs" / "security" / "asvs.toml"
PAGE = ROOT / "docs" / "security" / "asvs.md"
EDITION = "v5.0.0-"
ANSWERS = ("met", "partly met", "not met", "up to the operator", "does not apply")
FIELDS = {"level", "about", "answer", "by", "note"}
OWED = {1, 2}  # the levels of which nothing may be left out
# The standard's requirements: in each section the level of the first, the second and so on.
LEVELS = {
    "1": "22 11111-22223 112222222223 222 123",  # a dash: ten digits could be a person's
    "2": "122 112 12223 23",
    "3": "3 113 12223 11222233 11122333 3 22333",
    "4": "12233 23333 22 1222",
    "5": "2 112333 113 222",
    "6": "122 111111112222 11223333 112233 22222333 2223 33 2222",
    "7": "222 1111 22 11222 223 22",
    "8": "1233 1123 133 23",
    "9": "111 1222",
    "10": "22 223 22223 1111122222233333 22222 22 222",
    "11": "2233 22233 11233 1222 23 23 33",
    "12": "12233 11 22223",
    "13": "2333 222223 2233 1222233",
    "14": "22 12223333 122",
    "15": "12233 12233 1222222 3333",
    "16": "2 22222 2222 222 2223",
    "17": "23 22223333 22",
}
CHAPTERS = {
    "1": "Encoding and cleaning",
    "2": "Validation and the logic of the work",
    "3": "In the browser",
    "4": "Services for machines",
    "5": "Files",
    "6": "Signing in",
    "7": "Sessions",
    "8": "Who may do what",
    "9": "Tokens that speak for themselves",
    "10": "OAuth and OpenID Connect",
    "11": "Cryptography",
    "12": "Encrypted connections",
    "13": "Configuration",
    "14": "Protection of data",
    "15": "How the code is written",
    "16": "Logs and errors",
    "17": "WebRTC",
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of the map."""

    id: str  # without the edition
    level: int
    about: str
    answer: str
    by: tuple[str, ...]  # path::function of a test, or a path
    note: str

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]


def known() -> dict[str, int]:
    """Each requirement of the standard with its level."""
    return {
        f"{chapter}.{section}.{place}": int(level)
        for chapter, sections in LEVELS.items()
        for section, levels in enumerate(sections.split(), 1)
        for place, level in enumerate(levels.replace("-", ""), 1)
    }


def held(text: str) -> list[Requirement]:
    """The map. Raises TOMLDecodeError, also where an id stands twice."""
    return [_requirement(key, fields) for key, fields in tomllib.loads(text).items()]


def _requirement(key: str, fields: Mapping[str, Any]) -> Requirement:
    unknown = set(fields) - FIELDS
    if unknown or not key.startswith(EDITION):
        message = f"{key}: {sorted(unknown)}"
        raise ValueError(message)
    return Requirement(
        key.removeprefix(EDITION),
        int(fields.get("level", 0)),
        str(fields.get("about", "")).strip(),
        str(fields.get("answer", "")),
        tuple(fields.get("by", ())),
        str(fields.get("note", "")).strip(),
    )


@cache
def tests_in(path: Path) -> frozenset[str]:
    """The functions that a file defines."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def faults(requirements: list[Requirement]) -> Iterator[str]:
    """What is wrong with the map."""
    standard = known()
    ids = {one.id for one in requirements}
    yield from (
        f"{key} is missing" for key, level in standard.items() if level in OWED and key not in ids
    )
    for one in requirements:
        if standard.get(one.id) != one.level:
            yield f"{one.id}: level {one.level}, not {standard.get(one.id)}"
        yield from (f"{one.id}: {fault}" for fault in _faults(one))


def _faults(one: Requirement) -> Iterator[str]:
    if not one.about or one.answer not in ANSWERS:
        yield f"says nothing: {one.about!r} {one.answer!r}"
    if not one.by:
        yield "names neither a test nor a file"
    if one.answer not in {"met", "up to the operator"} and not one.note:
        yield f"{one.answer}, and does not say why"
    for named in one.by:
        path, _, test = named.partition("::")
        if not (ROOT / path).exists():
            yield f"{path} is gone"
        elif test and test not in tests_in(ROOT / path):
            yield f"{named} is gone"
        elif path.startswith("tests/") and path.endswith(".py") and not test and _is_test(path):
            yield f"{named}: which test?"


def _is_test(path: str) -> bool:
    return Path(path).name.startswith("test_")


def page(requirements: list[Requirement]) -> str:
    """The map as people read it."""
    standard, counted = known(), Counter((one.level, one.answer) for one in requirements)
    lines = [(PAGE.parent / "asvs.intro.md").read_text("utf-8").rstrip(), ""]
    lines += ["| answer | level 1 | level 2 | level 3 |", "|---|--:|--:|--:|"]
    lines += [f"| {answer} | {_counts(counted, answer)} |" for answer in ANSWERS]
    left = Counter(standard.values())[3] - sum(one.level == 3 for one in requirements)
    lines += [f"| without an answer | 0 | 0 | {left} |"]
    for chapter, name in CHAPTERS.items():
        lines += ["", f"## {chapter}. {name}", "", "| id | level | what | answer | by |"]
        lines += ["|---|--:|---|---|---|"]
        lines += [_line(one) for one in requirements if one.chapter == chapter]
    return "\n".join(lines) + "\n"


def _counts(counted: Counter[tuple[int, str]], answer: str) -> str:
    return " | ".join(str(counted[level, answer]) for level in (1, 2, 3))


def _line(one: Requirement) -> str:
    by = "<br>".join(_linked(named) for named in one.by)
    answer = f"**{one.answer}**" if one.answer in {"not met", "partly met"} else one.answer
    told = f"{answer}. {one.note}" if one.note else answer
    return f"| {EDITION}{one.id} | {one.level} | {one.about} | {told} | {by} |"


def _linked(named: str) -> str:
    path, _, test = named.partition("::")
    shown = f"{Path(path).stem}: {test.removeprefix('test_')}" if test else path
    return f"[{shown.replace('_', ' ') if test else shown}](../../{path})"


if __name__ == "__main__":
    PAGE.write_text(page(held(MAP.read_text("utf-8"))), encoding="utf-8")
