"""Pages without a row in the table of access: a scanner of our own, for what no pattern says."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

METHODS = {"route", "get", "post", "put", "patch", "delete"}
BLUEPRINTS = {"public", "citizen", "staff", "health", "api"}


def endpoints(source: str) -> Iterator[tuple[str, int]]:
    """Each endpoint that a decorator puts on a blueprint, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            for found in node.decorator_list:
                blueprint = _blueprint(found)
                if isinstance(found, ast.Call) and blueprint:
                    yield f"{blueprint}.{_named(found) or node.name}", found.lineno


def _blueprint(decorator: ast.expr) -> str | None:
    if not isinstance(decorator, ast.Call) or not isinstance(decorator.func, ast.Attribute):
        return None
    on = decorator.func.value
    known = isinstance(on, ast.Name) and on.id in BLUEPRINTS and decorator.func.attr in METHODS
    return on.id if known and isinstance(on, ast.Name) else None


def _named(call: ast.Call) -> str | None:
    """The name that the decorator gives the endpoint, where it gives one."""
    return next(
        (str(word.value.value) for word in call.keywords
         if word.arg == "endpoint" and isinstance(word.value, ast.Constant)),
        None,
    )  # fmt: skip


def table(source: str) -> set[str]:
    """The keys of a dictionary that is called ACCESS."""
    for node in ast.walk(ast.parse(source)):
        targets = node.targets if isinstance(node, ast.Assign) else (
            [node.target] if isinstance(node, ast.AnnAssign) else [])  # fmt: skip
        named = any(isinstance(target, ast.Name) and target.id == "ACCESS" for target in targets)
        if named and isinstance(node, ast.Assign | ast.AnnAssign):
            rows = node.value
            return {str(key.value) for key in getattr(rows, "keys", ())
                    if isinstance(key, ast.Constant)}  # fmt: skip
    return set()


def without_row(files: Iterable[Path], rows: set[str]) -> Iterator[tuple[Path, int, str]]:
    """Each page that the table does not know: where it stands, and its endpoint."""
    for path in files:
        for endpoint, line in endpoints(path.read_text("utf-8")):
            if endpoint not in rows:
                yield path, line, endpoint
