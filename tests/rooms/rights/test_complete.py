"""Every table of the portal is told of: how long it is kept, and what of it a person is shown.

A new table, or a new column of a table that is shown, fails here until somebody has decided.
"""

from __future__ import annotations

import tomllib
from importlib import import_module
from typing import TYPE_CHECKING, Any

from portal.answers.models import Store
from portal.cli import main
from portal.cli.database import rooms
from portal.rights.queries.keeping import kinds, without
from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from sqlalchemy import Table

HELD: dict[str, Any] = tomllib.loads((ROOT / "portal/rights/held.toml").read_text("utf-8"))


def tables() -> dict[str, Table]:
    return {**rooms().metadata.tables, **Store.metadata.tables}


def test_every_table_is_kept_for_so_long_or_says_why_not() -> None:
    told = {table for kept in kinds() for table in kept.tables}
    assert not told & without().keys()
    assert told | without().keys() == tables().keys()
    assert all(reason.strip() for reason in without().values())


def test_a_table_without_a_line_is_found() -> None:
    assert (
        tables().keys() | {"planted"} != {t for k in kinds() for t in k.tables} | without().keys()
    )


def test_every_kind_says_how_long_since_when_and_by_which_law() -> None:
    for kept in kinds():
        assert kept.what.strip(), kept.kind
        assert kept.since.strip(), kept.kind
        assert kept.law.strip(), kept.kind
        says_itself = kept.kind in {"volunteers", "participation"}
        assert (kept.period is None) == says_itself, kept.kind


def test_what_deletes_a_kind_is_there() -> None:
    for kept in kinds():
        if kept.by.startswith("indblik "):
            command: Any = main
            for word in kept.by.split()[1:]:
                command = command.get_command(None, word)
                assert command is not None, kept.by
        else:
            module, _, name = kept.by.partition(":")
            assert callable(getattr(import_module(module), name)), kept.by


def test_every_table_is_shown_or_says_why_not() -> None:
    assert not HELD["tables"].keys() & HELD["none"].keys()
    assert HELD["tables"].keys() | HELD["none"].keys() == tables().keys()


def test_every_column_of_a_shown_table_is_shown_or_says_why_not() -> None:
    known = tables()
    for name, told in HELD["tables"].items():
        shown, hidden = set(told["shown"]), told.get("not_shown", {})
        assert not shown & hidden.keys(), name
        assert shown | hidden.keys() == set(known[name].columns.keys()), name
        assert all(reason.strip() for reason in hidden.values()), name
