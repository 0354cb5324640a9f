"""How fast a country's cases are taken in: from a file, by HTTP, and beside people's visits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import requests

from portal import clock
from portal.keys.queries import vault_of
from tests.api.conftest import BATCH
from tests.bench import feeds
from tests.bench.ground import ground, serving
from tests.bench.load import latencies
from tests.bench.loading import load, spread
from tests.bench.memory import memory_while
from tests.bench.stories import patterns
from tests.bench.tables import Effort, Spread, spread_of, table
from tests.bench.visitors import visitors
from tests.servers import machines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.bench.ground import Database, Ground

INDBLIK = Path(sys.executable).with_name("indblik")
# The tables that an import fills, the one of the events first.
FILLED = ("case_events", "cases", "case_parties", "persons")
COPIES = 3
CHUNK = 1 << 20
JOBS = 2
IN_BATCH, CLIENTS = 1000, 4  # records of a request, and who sends them at once
SHARE = 5  # by HTTP a fifth of the file is sent
MOST_CASES, VISITORS, RATE = 10_000, 200, 20  # where somebody visits: cases, people, a second
BESIDE = ["nice", "-n", "19"]  # how docs/feed.md says to import beside visitors


class Imported(NamedTuple):
    records: int
    seconds: float
    megabytes: float  # most at once, of all its processes
    copied: Spread  # seconds of a COPY of all rows that it wrote
    events: Spread  # seconds of a COPY of the events among them


def run(effort: Effort) -> str:
    """Measure, and give the tables back as Markdown."""
    with ground() as base:
        file = base.folder / "feed.jsonl"
        records = feeds.write(file, effort.cases, clock.now())
        one, two = (_imported(base, file, records, jobs) for jobs in (1, JOBS))
        speed = _speed_table(one, two, _sent(base, file, records // SHARE))
        print(speed, "\n", flush=True)  # the rest takes minutes
        late = _late_table(*_lateness(base, file, effort))
    return f"{speed}\n\n{late}"


# --- From a file.


def _imported(base: Ground, file: Path, records: int, jobs: int) -> Imported:
    database = base.database()
    began = time.perf_counter()
    with _importing(database, file, "--jobs", str(jobs)) as process:
        most = max(memory_while(process))
    seconds = time.perf_counter() - began
    copied = list(_copies(base, database, records))
    return Imported(
        records,
        seconds,
        most,
        spread_of(map(sum, copied)),
        spread_of(first for first, *_ in copied),
    )


@contextmanager
def _importing(
    database: Database, file: Path, *options: str, before: Sequence[str] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    command = [*before, str(INDBLIK), "cases", "import", str(file), *options]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    with subprocess.Popen(command, env=inherited | database.env, stdout=subprocess.DEVNULL) as one:
        yield one
    if one.returncode > 0:
        raise subprocess.CalledProcessError(one.returncode, command)


def _copies(base: Ground, database: Database, records: int) -> Iterator[list[float]]:
    """Seconds that a COPY of each table's rows takes, into a table without anything."""
    with psycopg.connect(database.dsn) as connection:
        for table_name in FILLED:
            with _rows(base, table_name).open("wb") as file, connection.cursor() as cursor:
                with cursor.copy(f"COPY {table_name} TO STDOUT") as copy:
                    file.writelines(bytes(part) for part in copy)
                assert table_name != FILLED[0] or cursor.rowcount == records
        for _ in range(COPIES):
            yield [_copied(base, connection, table_name) for table_name in FILLED]


def _copied(base: Ground, connection: psycopg.Connection, table_name: str) -> float:
    connection.execute(f"CREATE TABLE bare AS TABLE {table_name} WITH NO DATA")
    connection.commit()
    began = time.perf_counter()
    with _rows(base, table_name).open("rb") as file, connection.cursor() as cursor:
        with cursor.copy("COPY bare FROM STDIN") as copy:
            while part := file.read(CHUNK):
                copy.write(part)
        connection.commit()
    taken = time.perf_counter() - began
    connection.execute("DROP TABLE bare")
    connection.commit()
    return taken


def _rows(base: Ground, table_name: str) -> Path:
    return base.folder / f"{table_name}.rows"


# --- By HTTP.


def _sent(base: Ground, file: Path, records: int) -> float:
    """Records a second that a case system gets taken in by batches."""
    database = base.database()
    with machines.serving(database.env, base.folder) as portal, file.open("rb") as lines:
        headers = {**portal.headers, "Content-Type": BATCH}

        def send(batch: list[bytes]) -> int:
            body = b"[" + b",".join(batch) + b"]"
            told = requests.post(
                f"{portal.address}/api/v1/events", body, headers=headers, timeout=60
            )
            accepted: int = told.json()["accepted"]
            return accepted

        began = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            accepted = sum(clients.map(send, _batches(islice(lines, records))))
        assert accepted == records
        return records / (time.perf_counter() - began)


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(lines)
    while batch := list(islice(remaining, IN_BATCH)):
        yield batch


# --- Beside visits.


def _lateness(
    base: Ground, file: Path, effort: Effort
) -> tuple[list[list[float]], list[list[float]]]:
    """How late case pages are, in turns: on a quiet portal, and beside an import."""
    database, now = base.database(), clock.now()
    vault = vault_of(database.settings)
    accounts = load(database.dsn, vault, patterns(now), min(MOST_CASES, effort.cases), now)
    visits = [one.case_page() for one in visitors(database, spread(accounts, VISITORS))]
    quiet, busy = [], []
    with serving(database, "wsgi:app") as port:
        latencies(port, visits, effort.seconds, RATE)
        for _ in range(effort.rounds):
            quiet.append(latencies(port, visits, effort.steady, RATE))
            with _importing(database, file, "--resume", before=BESIDE) as process:
                time.sleep(effort.seconds)
                busy.append(latencies(port, visits, effort.steady, RATE))
                process.kill()
    return quiet, busy


# --- Tables.


def _speed_table(one: Imported, many: Imported, sent: float) -> str:
    lines = [
        f"| file, {jobs} | {taken.records / taken.seconds:,.0f} | {taken.seconds:.1f} "
        f"| {taken.seconds / taken.copied.middle:.1f} | {taken.seconds / taken.events.middle:.1f} "
        f"| {taken.megabytes:.0f} |"
        for jobs, taken in (("one process", one), (f"`--jobs {JOBS}`", many))
    ]
    rate, copying = many.records / many.seconds, many.records / many.events.middle
    copied = [
        f"| COPY of the same rows | | {many.copied.shown(1)} | 1 | | |",
        f"| COPY of the events alone | {copying:,.0f} | {many.events.shown(1)} | | 1 | |",
    ]
    http = f"| HTTP, {CLIENTS} clients, batches of {IN_BATCH:,} | {sent:,.0f} | | | | |"
    head = (
        f"{many.records:,} events", "a second", "seconds",
        "to COPY of the same rows", "to COPY of the events alone", "most MB at once",
    )  # fmt: skip
    return (
        table(head, [*lines, *copied, http])
        + f"\n\nBy HTTP: {sent / rate:.2f} of the file's rate with `--jobs {JOBS}`,"
        f" {sent * one.seconds / one.records:.2f} of that with one process."
        f" The same rows: all of {', '.join(FILLED)}."
    )


def _late_table(quiet: Sequence[Sequence[float]], busy: Sequence[Sequence[float]]) -> str:
    lines = []
    for percent in (50, 95):
        alone, beside = ([quantiles(r, n=100)[percent - 1] for r in runs] for runs in (quiet, busy))
        ratio = spread_of(b / a for a, b in zip(alone, beside, strict=True))
        shown = (spread_of(alone).shown(1), spread_of(beside).shown(1), ratio.shown(2))
        lines.append(f"| p{percent} | {' | '.join(shown)} |")
    head = (f"case page, {RATE} a second", "ms, quiet", "ms, beside an import", "ratio")
    return table(head, lines)
