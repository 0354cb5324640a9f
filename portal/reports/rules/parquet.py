"""The rows of a quarter as Parquet. Nothing imports this module, and Arrow, but what needs it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from portal.reports.rules.exporting import COLUMNS, NULLABLE, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.reports.rules.exporting import Exported

TYPES = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


def as_parquet(rows: Sequence[Exported], said: Mapping[str, str]) -> bytes:
    """One table; `said` describes each column, and stands in the file beside it."""
    schema = pa.schema([
        pa.field(name, TYPES[kind], nullable=name in NULLABLE, metadata={"description": said[name]})
        for name, kind in COLUMNS.items()
    ])  # fmt: skip
    table = pa.Table.from_pylist([plain(row) for row in rows], schema=schema)
    told = BytesIO()
    pq.write_table(table, told, compression="zstd")
    return told.getvalue()
