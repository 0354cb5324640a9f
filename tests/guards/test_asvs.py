"""The map of OWASP ASVS leaves nothing out, and names no test that is gone."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace

import pytest

from tests.guards.asvs import MAP, PAGE, Requirement, faults, held, known, page

GOOD = held(MAP.read_text("utf-8"))


def with_one(**changes: object) -> list[Requirement]:
    """The map with its first line changed."""
    return [replace(GOOD[0], **changes), *GOOD[1:]]  # type: ignore[arg-type]  # each test says what it changes


def test_the_standard_is_whole() -> None:
    assert Counter(known().values()) == {1: 70, 2: 183, 3: 92}  # as the standard says of itself


def test_the_map_holds() -> None:
    assert list(faults(GOOD)) == []


def test_the_page_is_made_of_the_map() -> None:
    assert PAGE.read_text("utf-8") == page(GOOD), "run: python -m tests.guards.asvs"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"by": ("tests/guards/test_asvs.py::test_that_is_gone",)}, "is gone"),
        ({"by": ("docs/no-such-page.md",)}, "is gone"),
        ({"by": ("tests/guards/test_asvs.py",)}, "which test?"),
        ({"by": ()}, "neither a test nor a file"),
        ({"about": ""}, "says nothing"),
        ({"answer": ""}, "says nothing"),
        ({"answer": "met, I think"}, "says nothing"),
        ({"answer": "not met", "note": ""}, "does not say why"),
        ({"level": 3}, "level 3, not 2"),
        ({"id": "1.1.9"}, "not None"),
    ],
)
def test_a_planted_fault_is_found(changes: dict[str, object], fault: str) -> None:
    found = list(faults(with_one(**changes)))
    assert any(fault in one for one in found), found


def test_a_missing_line_is_found() -> None:
    assert list(faults(GOOD[1:])) == [f"{GOOD[0].id} is missing"]


def test_a_line_that_stands_twice_is_found() -> None:
    text = MAP.read_text("utf-8")
    first = text[text.index("[") :].split("\n\n")[0]
    with pytest.raises(tomllib.TOMLDecodeError):
        held(f"{text}\n{first}\n")


def test_a_field_that_nobody_knows_is_found() -> None:
    with pytest.raises(ValueError, match="prooof"):
        held('["v5.0.0-1.1.1"]\nprooof = "none"\n')
