"""Doors pass a session on and map errors of the database; they ask nothing in SQL.

import-linter sees only that SQLAlchemy is imported, not what of it: this looks closer.
"""

from __future__ import annotations

import ast

import pytest

from tests.guards.tree import ROOT, code

DOORS = ("portal/app", "portal/pages/", "portal/api/", "portal/cli/", "portal/door/",
         "portal/request.py")  # fmt: skip
ALLOWED = {"Connection", "Engine", "Session", "sessionmaker"}


def sql_names(source: str) -> set[str]:
    """What a module takes from SQLAlchemy beyond sessions, engines and errors."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("sqlalchemy")}
        elif isinstance(node, ast.ImportFrom) and node.module in {"sqlalchemy", "sqlalchemy.orm"}:
            found |= {alias.name for alias in node.names}
    return found - ALLOWED


@pytest.mark.parametrize("path", [path for path in code() if path.startswith(DOORS)])
def test_a_door_writes_no_sql(path: str) -> None:
    assert not sql_names((ROOT / path).read_text())


def test_a_planted_query_is_found() -> None:
    assert sql_names("from sqlalchemy import Engine, select") == {"select"}
    assert sql_names("import sqlalchemy as sa") == {"sqlalchemy"}
    assert not sql_names("from sqlalchemy.exc import OperationalError")
