"""The built style sheets."""

from __future__ import annotations

import re

import pytest

from tests.guards.tree import ROOT

PHYSICAL = re.compile(
    r"[{;]\s*(?:(?:margin|padding|border|inset|scroll-(?:margin|padding))-)?(?:left|right)\b"
    r"(?:-(?:width|style|color))?\s*:"
    r"|[{;]\s*border-(?:top|bottom)-(?:left|right)-radius\s*:"
    r"|[{;]\s*(?:float|clear|text-align)\s*:\s*(?:left|right)\b"
)


FOUR = re.compile(
    r"[{;]\s*(?:margin|padding|inset)\s*:\s*([^\s;{}]+) ([^\s;{}]+) ([^\s;{}]+) ([^\s;{}]+)"
)


def physical(css: str) -> list[str]:
    """Declarations that mean a side of the screen, not a side of the text."""
    sided = [hit[0] for hit in FOUR.finditer(css) if hit[2] != hit[4] and "(" not in hit[0]]
    return [*(hit[0] for hit in PHYSICAL.finditer(css)), *sided]


def test_the_built_css_knows_no_left_and_right() -> None:
    built = sorted((ROOT / "static" / "dist").glob("*.css"))
    if not built:
        pytest.fail("the front end is not built (make build)")
    assert {path.name: physical(path.read_text()) for path in built} == {
        path.name: [] for path in built
    }


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left:1px",
        "right:0",
        "float:left",
        "border-left-color:red",
        "text-align: right",
        "padding:1px 2px 1px 3px",
        "inset: 0 auto 0 0",
    ],
)
def test_a_planted_physical_side_is_found(declaration: str) -> None:
    assert physical("a{" + declaration + "}")


@pytest.mark.parametrize("declaration", ["padding:1px 2px 3px 2px", "padding: 1px 2px", "inset:0"])
def test_what_is_alike_on_both_sides_is_none(declaration: str) -> None:
    assert not physical("a{" + declaration + "}")


def test_logical_sides_are_left_alone() -> None:
    assert not physical("a{margin-inline-start:1px;inset-inline-end:0;float:inline-start}")
