"""Turns the published log of planning appeals into a feed of the portal.

    python -m tests.appeals IN.csv.gz OUT.jsonl

The same input always gives the same output. docs/feed.md says what becomes what.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from portal.clock import COPENHAGEN
from portal.feed.rules import PREFIX, SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[2] / "shared" / "data" / "appeals" / "iom_planning_appeals.csv.gz"
SOURCE = "urn:example:planning-appeals"
AUTHORITIES = {
    "committee": "Planning Committee",
    "officer": "Planning officer",
    "minister": "Minister",
}
PEOPLE = 120  # the log names nobody: its cases are dealt out to so many invented persons
DAYS, MONTHS = 31, 12

Row = dict[str, str]


def cpr(number: int) -> str:
    """The CPR number of an invented person: 60 added to the day, so that it is nobody's."""
    person = number % PEOPLE
    return f"{61 + person % DAYS}{1 + person // DAYS % MONTHS:02}70{person:04}"


def records(file: Path) -> Iterator[bytes]:
    """The log as records of a feed, case by case."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        for number, rows in groupby(csv.DictReader(opened), key=lambda row: row["case_id"]):
            yield from _case(int(number), list(rows))


def extract(file: Path) -> Iterator[bytes]:
    """The log as an extract of the system that keeps it: where each case stands today."""
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        for number, rows in groupby(csv.DictReader(opened), key=lambda row: row["case_id"]):
            dates = {row["activity"]: row["timestamp"][:10] for row in rows}
            case = {
                "source": SOURCE,
                "subject": number,
                "number": f"IOM-{number}",
                "received": dates["APPEAL_LODGED"],
                "stage": "closed",
                "outcome": None,
                "ending": "completed",
                "closed": dates["APPEAL_DETERMINED"],
                "withheld": False,
            }
            yield json.dumps(case).encode() + b"\n"


def _case(number: int, rows: list[Row]) -> Iterator[bytes]:
    dates = {row["activity"]: date.fromisoformat(row["timestamp"]) for row in rows}
    lodged = dates["APPEAL_LODGED"]
    party = {"cpr": cpr(number), "name": f"Appellant {number % PEOPLE}", "role": "complainant"}
    yield _record(number, "party-added", lodged, party)
    received = {
        "number": f"IOM-{number}",
        "area": f"planning_{rows[0]['app_type'].lower()}",
        "authority": AUTHORITIES.get(rows[0]["first_body"], rows[0]["first_body"]),
    }
    first = dates.get("FIRST_DECISION")
    if first is not None and first <= lodged:
        received["complained_of"] = first.isoformat()
    yield _record(number, "received", lodged, received)
    # How an appeal ended was not published, only that it did.
    yield _record(number, "closed", dates["APPEAL_DETERMINED"], {"reason": "completed"})


def _record(number: int, what: str, on: date, data: dict[str, str]) -> bytes:
    told = {
        "specversion": "1.0",
        "id": f"{number}-{what}",
        "source": SOURCE,
        "subject": str(number),
        "type": PREFIX + what + SUFFIX,
        "time": datetime.combine(on, time(12), COPENHAGEN).isoformat(),
        "data": data,
    }
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(b"".join(records(Path(sys.argv[1]))))
