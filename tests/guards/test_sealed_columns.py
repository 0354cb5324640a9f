"""Each column of bytes says whether it is sealed, and how: a rotation would pass over it else."""

from __future__ import annotations

import ast
from uuid import UUID

from sqlalchemy import Column, LargeBinary, MetaData, Table

from portal.cli.database import rooms
from portal.keys.actions import sealed_columns
from tests.guards.tree import ROOT, code

# What seals, and the table of what it seals. A new call of `seal` needs a column that is sealed.
SEALERS = {
    "portal/feed/actions.py": "case_events",
    "portal/identity/actions.py": "persons",
    "portal/keys/actions/resealing.py": "persons",  # writes anew what another has sealed
    "portal/kept_forms/actions.py": "kept_forms",
    "portal/panels/actions.py": "volunteers",
    "portal/participation/actions.py": "participation_cohorts",
    "portal/problems/actions.py": "problem_reports",
    "portal/quarantine/actions.py": "quarantine",
    "portal/rights/actions/__init__.py": "rights_requests",
}


def silent(metadata: MetaData) -> list[str]:
    """Columns of bytes that do not say whether what stands in them is sealed."""
    return [
        str(column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and not {"sealed", "unsealed"} & column.info.keys()
    ]


def seals(source: str) -> bool:
    """Whether a module has a text sealed."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "seal"
        for node in ast.walk(ast.parse(source))
    )


def test_each_column_of_bytes_says_whether_it_is_sealed() -> None:
    assert not silent(rooms().metadata)


def test_a_planted_column_is_found() -> None:
    planted = MetaData()
    Table("planted", planted, Column("secret", LargeBinary))
    assert silent(planted) == ["planted.secret"]


def test_all_that_is_sealed_is_known() -> None:
    rooms()
    tables = {one.table.name for one in sealed_columns()}
    sealing = {path for path in code() if path.startswith("portal/")
               and seals((ROOT / path).read_text())}  # fmt: skip
    assert sealing == SEALERS.keys()
    assert set(SEALERS.values()) <= tables


def test_what_a_text_is_tied_to_can_be_made_of_its_row() -> None:
    rooms()
    for each in sealed_columns():
        assert len(each.table.primary_key.columns) == 1
        made = each.how.about(*(UUID(int=1) for _ in each.how.by))
        assert made
        assert set(each.how.by) <= set(each.table.c.keys())
