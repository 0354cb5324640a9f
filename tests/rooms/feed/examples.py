"""One record of each type: those that docs/feed.md shows."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portal.feed.rules import PREFIX, SUFFIX

DOCS = Path(__file__).parents[3] / "docs" / "feed.md"
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)

Record = dict[str, Any]


def examples() -> dict[str, Record]:
    """The documented records, by what they tell."""
    shown = [
        json.loads(text)
        for text in re.findall(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    ]
    return {record["type"].removeprefix(PREFIX).removesuffix(SUFFIX): record for record in shown}


def line(record: object) -> bytes:
    """A record as a line of a feed."""
    return json.dumps(record, ensure_ascii=False).encode()


def told(what: str, data: object = None, **more: object) -> bytes:
    """A record that tells this, of case c-1 unless said otherwise; None leaves an attribute out."""
    record: Record = {
        "specversion": "1.0",
        "id": f"e-{what}",
        "source": "urn:example:board",
        "subject": "c-1",
        "type": PREFIX + what + SUFFIX,
        "time": "2026-11-20T09:30:00+01:00",
        "data": data,
        **more,
    }
    return line({name: value for name, value in record.items() if value is not None})
