"""No file, function or template grows beyond what one reads at a sitting."""

from __future__ import annotations

import ast

import pytest

from tests.guards.tree import ROOT, code, tracked

FILE, FUNCTION, TEMPLATE = 300, 40, 120


def lines(path: str) -> int:
    return (ROOT / path).read_text().count("\n")


def long_functions(source: str) -> list[str]:
    """Functions with more than `FUNCTION` lines, decorators and docstring included."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION
    ]


@pytest.mark.parametrize("path", code())
def test_code_is_short(path: str) -> None:
    assert lines(path) <= FILE
    if not path.startswith("migrations/"):  # a migration is a list of what was done
        assert not long_functions((ROOT / path).read_text())


@pytest.mark.parametrize("path", [path for path in tracked() if path.startswith("templates/")])
def test_a_template_is_short(path: str) -> None:
    assert lines(path) <= TEMPLATE


def test_a_planted_long_function_is_found() -> None:
    assert long_functions("def short():\n" + "    x = 1\n" * (FUNCTION - 1)) == []
    assert long_functions("def long():\n" + "    x = 1\n" * FUNCTION) == ["long"]
