"""Dumps of both databases, as an administrator has them: rows as they lie, and who wrote them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from portal.answers.rules.pools import unpacked

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

Row = dict[str, Any]
PORTAL = ("audit_entries", "participation_tokens", "feedback_ratings", "feedback_texts")


@dataclass(frozen=True, slots=True)
class Dump:
    """Rows in the order in which they lie. On PostgreSQL each names the transaction (`xmin`)."""

    at: datetime
    door: dict[str, list[Row]]
    portal: dict[str, list[Row]]


def dump(at: datetime, door: Engine, portal: Engine) -> Dump:
    return Dump(at, _rows(door, ("pools", "spent")), _rows(portal, PORTAL))


def _rows(engine: Engine, tables: tuple[str, ...]) -> dict[str, list[Row]]:
    place = ", xmin::text::bigint AS xmin" if engine.dialect.name == "postgresql" else ""
    order = " ORDER BY ctid" if place else ""
    with engine.connect() as connection:
        return {
            table: [
                dict(row._mapping)
                for row in connection.execute(text(f"SELECT *{place} FROM {table}{order}"))  # noqa: S608 - our names
            ]
            for table in tables
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of an answer, where and when the dumps show it for the first time."""

    key: str
    cohort: str
    says: str  # what it holds, in one form wherever it lies
    interval: int  # the number of the first dump that shows it
    place: int  # among those that this dump shows for the first time in its cohort, as they lie


def _said(part: object) -> str:
    return json.dumps(part, sort_keys=True, ensure_ascii=False)


def ratings_said(ratings: Any, choices: Any) -> str:  # noqa: ANN401 - as a database gives it
    """The ratings and choices of an answer, in one form."""
    as_values = [json.loads(one) if isinstance(one, str) else one for one in (ratings, choices)]
    return _said([as_values[0], {name: sorted(some) for name, some in as_values[1].items()}])


@dataclass(slots=True)
class Seen:
    """Everything that the dumps show of answers: ratings and texts apart."""

    ratings: list[Entry] = field(default_factory=list)
    texts: list[Entry] = field(default_factory=list)


def seen(dumps: list[Dump]) -> Seen:
    """Each entry once, with the interval in which it came."""
    found, known = Seen(), set[str]()
    for interval, one in enumerate(dumps):
        for entries, shown in ((found.ratings, _ratings(one)), (found.texts, _texts(one))):
            places: dict[str, int] = {}
            for key, cohort, says in shown:
                if key not in known:
                    known.add(key)
                    place = places[cohort] = places.get(cohort, -1) + 1
                    entries.append(Entry(key, cohort, says, interval, place))
    return found


def _ratings(one: Dump) -> list[tuple[str, str, str]]:
    waiting = [
        (part.key, row["cohort"], ratings_said(part.ratings, part.choices))
        for row in one.door["pools"]
        for stored in (row["waiting"], row["leaving"])
        for part in unpacked(bytes(stored)).ratings
    ]
    return waiting + [
        (row["key"], row["cohort"], ratings_said(row["ratings"], row["choices"]))
        for row in one.portal["feedback_ratings"]
    ]


def _texts(one: Dump) -> list[tuple[str, str, str]]:
    waiting = [
        (part.key, row["cohort"], part.text)
        for row in one.door["pools"]
        for stored in (row["waiting"], row["leaving"])
        for part in unpacked(bytes(stored)).texts
    ]
    return waiting + [
        (row["key"], row["cohort"], row["text"]) for row in one.portal["feedback_texts"]
    ]
