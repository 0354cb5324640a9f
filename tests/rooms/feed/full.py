"""Records with every field that their schema knows, and each of them with one of these nulled."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from portal.feed.rules import HEARTBEAT, type_of
from portal.feed.rules.schemas import attributes, data_schema
from tests.rooms.feed.examples import Record, examples

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the documented examples leave out.
MORE: dict[str, Record] = {
    "party-added": {
        "relation": "guardianship",
        "acts_for_cpr": "6203760211",
        "acts_for_name": "Bjørn Påfundsen",
        "since": "2026-10-01",
        "until": "2027-10-01",
    },
    "filed": {"number": "26-10101", "on": "2026-09-20"},
    "request-made": {"cpr": "6102890102"},
    "decided": {"on": "2026-11-19", "passed_to": "Udbetaling Danmark"},
}
PULSE = {"name": "Sagssystem", "silent_after": 60, "sequence": 7}

Path = tuple[str | int, ...]


def full() -> dict[str, Record]:
    """A record of each type, the heartbeat among them, that leaves nothing out."""
    shown = {**examples(), "heartbeat": {**examples()["resumed"], "type": HEARTBEAT, "data": PULSE}}
    made = {}
    for what, record in shown.items():
        data = {**record.get("data", {}), **MORE.get(what, {})}
        issues = [{"favours": "complainant", **issue} for issue in data.get("issues", [])]
        made[what] = {
            **record,
            "sequence": 1,
            "datacontenttype": "application/json",
            "data": data | ({"issues": issues} if issues else {}),
        }
    return made


def left_out() -> set[str]:
    """Fields of the schemas that `full` does not hold."""
    found = set()
    for what, record in full().items():
        schema = data_schema(what)
        found |= {f"{what}.{name}" for name in schema["properties"].keys() - record["data"].keys()}
        found |= {f"{type_of(what)} {name}" for name in attributes().keys() - record.keys()}
        for part in schema.get("$defs", {}).values():
            held = record["data"]["issues"][0].keys()
            found |= {f"{what}.issues.{name}" for name in part["properties"].keys() - held}
    return found


def nulled() -> Iterator[tuple[str, str, Record]]:
    """Type, field and record: each field of each type, nested ones too, nulled once."""
    for what, record in full().items():
        for path in _paths(record):
            broken = copy.deepcopy(record)
            place: Any = broken
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = None
            yield what, ".".join(map(str, path)), broken


def _paths(value: object, at: Path = ()) -> Iterator[Path]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(
        value, list) else ()  # fmt: skip
    for key, held in inner:
        yield (*at, key)
        yield from _paths(held, (*at, key))
