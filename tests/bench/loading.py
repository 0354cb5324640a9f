"""Loading a database with many invented cases: rows are copied straight into the tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import psycopg
from psycopg import sql

from portal.cases.rules import VERSION, kept, named, packed
from portal.cli.demo.stories import SOURCES
from portal.identity.rules import about_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from portal.vault import Vault
    from tests.bench.stories import Pattern

CASES_EACH = 4  # of which a person is the complainant
PERSON, CASE, ACCOUNT = 1, 2, 3  # what an id stands for
SPREAD = 0x9E3779B97F4A7C15  # odd: multiplying by it scatters ids as if they were random
BITS = 64
SILENT_AFTER = 24 * 60  # minutes

Row = tuple[object, ...]


def ident(kind: int, number: int) -> UUID:
    """An id that is the same in every run and lies anywhere in an index, as random ids do."""
    return UUID(int=(number * SPREAD % 2**BITS) << BITS | kind)


class _Text(NamedTuple):
    """A JSON text, and those of the pattern's persons who are named in it, by their place."""

    text: str
    named: tuple[tuple[int, str], ...]

    def of(self, seats: Sequence[str]) -> str:
        """The text with these persons in the places."""
        text = self.text
        for place, old in self.named:
            text = text.replace(old, seats[place])
        return text


class _Copied(NamedTuple):
    """A pattern in the form in which it is copied."""

    pattern: Pattern
    state: _Text
    events: tuple[tuple[str, str, str, int, _Text], ...]  # source, type, at, sequence, data


def load(
    dsn: str, vault: Vault, patterns: Iterable[Pattern], cases: int, now: datetime
) -> list[UUID]:
    """Fill the migrated, empty database; the ids of its accounts."""
    copied = [_copied(pattern) for pattern in patterns]
    persons, at = cases // CASES_EACH, now.isoformat()
    with psycopg.connect(dsn) as connection:
        # Foreign keys are true by construction, and checking each row takes most of the time.
        connection.execute("SET session_replication_role = replica")
        tables: dict[str, Iterable[Row]] = {
            "persons (id, name_sealed, created_at)": _persons(vault, persons, now),
            "accounts (id, issuer, subject, person_id, loa, last_sign_in_at)": (
                (ident(ACCOUNT, n), "bench", str(n), ident(PERSON, n), "SUBSTANTIAL", now)
                for n in range(persons)
            ),
            "sources (source, name, heard_at, silent_after)": (
                (source, name, now, SILENT_AFTER) for source, name in SOURCES.values()
            ),
            "cases (id, source, subject, state, version, withheld, unknown_codes, changed_at)": (
                _case(*dealt, at) for dealt in _dealt(copied, cases)
            ),
            "case_parties (case_id, person_id, role, acts_for, relation, since, until)": (
                row for dealt in _dealt(copied, cases) for row in _parties(*dealt)
            ),
            "case_events (case_id, source, event, type, at, sequence, recorded_at, data)": (
                row for dealt in _dealt(copied, cases) for row in _events(*dealt, at)
            ),
        }
        for table, rows in tables.items():
            copied_in(connection, table, rows)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return [ident(ACCOUNT, n) for n in range(persons)]


def copied_in(connection: psycopg.Connection, table: str, rows: Iterable[Row]) -> None:
    name, _, columns = table.partition(" ")
    statement = sql.SQL("COPY {} {} FROM STDIN").format(sql.Identifier(name), sql.SQL(columns))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _copied(pattern: Pattern) -> _Copied:
    # Each of these is written a thousand times: whatever can be made once is made here.
    def text(value: object) -> _Text:
        told = json.dumps(value, ensure_ascii=False)
        persons = enumerate(map(str, pattern.persons))
        return _Text(told, tuple((place, old) for place, old in persons if old in told))

    events = tuple(
        (one.source, named(one.data), one.at.isoformat(), one.sequence, text(kept(one.data)))
        for one in pattern.events
    )
    return _Copied(pattern, text(packed(pattern.state)), events)


def _dealt(copied: Sequence[_Copied], cases: int) -> Iterator[tuple[int, _Copied, list[str]]]:
    """Each case by number, its pattern, and who takes the places of the pattern's persons."""
    persons = [str(ident(PERSON, number)) for number in range(cases // CASES_EACH)]
    for number in range(cases):
        one = copied[number % len(copied)]
        first = number // CASES_EACH
        places = range(len(one.pattern.persons))
        yield number, one, [persons[(first + place) % len(persons)] for place in places]


def _persons(vault: Vault, persons: int, now: datetime) -> Iterator[Row]:
    for number in range(persons):
        person = ident(PERSON, number)
        yield person, vault.seal(f"Person {number}", about_name(person)), now


def _case(number: int, copied: _Copied, seats: list[str], now: str) -> Row:
    state = copied.pattern.state
    return (
        ident(CASE, number),
        copied.pattern.events[0].source,
        f"bench-{number}",
        copied.state.of(seats),
        VERSION,
        state.withheld is not None,
        len(state.unknown),
        now,
    )


def _parties(number: int, copied: _Copied, seats: list[str]) -> Iterator[Row]:
    taken = dict(zip(copied.pattern.persons, seats, strict=True))
    for party in copied.pattern.state.parties:
        acts_for = taken[party.acts_for] if party.acts_for else None
        yield (
            ident(CASE, number),
            taken[party.person],
            party.role,
            acts_for,
            party.relation,
            party.since,
            party.until,
        )


def _events(number: int, copied: _Copied, seats: list[str], now: str) -> Iterator[Row]:
    case = str(ident(CASE, number))
    for place, (source, kind, at, sequence, data) in enumerate(copied.events):
        yield case, source, f"bench-{number}-{place}", kind, at, sequence, now, data.of(seats)


def spread(values: Sequence[UUID], count: int) -> list[UUID]:
    """So many of the values, taken evenly from all of them."""
    return list(values[:: max(1, len(values) // count)][:count])
