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


def physical(css: str) -> list[str]:
    """Declarations that mean a side of the screen, not a side of the text."""
    return [hit[0] for hit in PHYSICAL.finditer(css)]


def test_the_built_css_knows_no_left_and_right() -> None:
    built = sorted((ROOT / "static" / "dist").glob("*.css"))
    if not built:
        pytest.fail("the front end is not built (make build)")
    assert {path.name: physical(path.read_text()) for path in built} == {
        path.name: [] for path in built
    }


@pytest.mark.parametrize(
    "declaration",
    ["margin-left:1px", "right:0", "float:left", "border-left-color:red", "text-align: right"],
)
def test_a_planted_physical_side_is_found(declaration: str) -> None:
    assert physical("a{" + declaration + "}")


def test_logical_sides_are_left_alone() -> None:
    assert not physical("a{margin-inline-start:1px;inset-inline-end:0;float:inline-start}")
