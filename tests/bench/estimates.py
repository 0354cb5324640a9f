"""The estimate at size: fit and look-up of 100,000 cases, and a night of 200,000 open ones.

By itself: `python -m tests.bench estimates`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import psycopg
from sqlalchemy.orm import Session

from portal.cases.rules import VERSION
from portal.cli.nights import count, known_on, replay
from portal.db import engine_for
from portal.estimates.queries import told_now, told_of
from portal.estimates.rules.backtest import standing_of
from portal.estimates.rules.fitting import fit
from portal.estimates.rules.lookup import remaining
from tests.bench import tables
from tests.bench.ground import ground
from tests.bench.loading import CASE, copied_in, ident
from tests.bench.memory import memory_while
from tests.rooms.estimates.synthetic import Office, World
from tests.rooms.estimates.synthetic import log as synthetic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from portal.estimates.rules.fitting import Model
    from portal.estimates.rules.log import Ints, Log

SOURCE = "urn:example:bench"
LAST = date(2026, 3, 12)
DAYS = 1600  # over which cases come in
AREAS, UNITS = 33, 98
UNITS_NAMED = tuple(f"u{n}" for n in range(30))
STAGES = ("clarification", "hearing", "assessment", "meeting")
LOOKED_UP = 500
JOBS = 2

Row = tuple[object, ...]


def run(effort: tables.Effort) -> str:
    """Measure, and give the tables back as Markdown."""
    small = effort.rounds < tables.FULL.rounds
    closed, still = (10_000, 20_000) if small else (100_000, 200_000)
    with ground() as base:
        database = base.database()
        _load(database.dsn, closed, still)
        figures = _measured(database.settings.database_url)
    return _tables(figures, closed, still)


# --- Cases.


def _load(dsn: str, closed: int, still: int) -> None:
    """So many closed and open cases, with events that an estimate reads and some it does not."""
    random = np.random.default_rng(4)
    total = closed + still
    begins = random.integers(0, DAYS, closed), DAYS - random.integers(1, 300, still)
    begin = np.concatenate([np.sort(begins[0]), begins[1]])
    took = np.cumsum(random.lognormal(3.2, 0.6, (total, len(STAGES) + 1)), axis=1).astype(int) + 1
    took[closed:, -1] = DAYS * 9
    with psycopg.connect(dsn) as connection:
        connection.execute("SET session_replication_role = replica")
        copied_in(
            connection,
            "cases (id, source, subject, state, version, withheld, unknown_codes, changed_at)",
            (
                (ident(CASE, n), SOURCE, str(n), "{}", VERSION, False, 0, _at(0))
                for n in range(total)
            ),
        )
        copied_in(
            connection,
            "case_events (case_id, source, event, type, at, sequence, recorded_at, data)",
            (row for n in range(total) for row in _events(n, int(begin[n]), took[n])),
        )
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _at(day: int) -> str:
    on = LAST - timedelta(days=DAYS - day)
    return datetime(on.year, on.month, on.day, 11, tzinfo=UTC).isoformat()


def _events(number: int, begin: int, took: Ints) -> Iterator[Row]:
    case, name = str(ident(CASE, number)), f"{number}-"
    received = {"number": str(number), "area": f"area-{number % AREAS}",
                "authority": f"Kommune {number % UNITS}"}  # fmt: skip
    told: list[tuple[int, str, object]] = [(0, "received", received)]
    told.append(
        (3, "request-made", {"request": "a", "addressee": "authority", "kind": "documents"})
    )
    told.append((9, "request-answered", {"request": "a"}))
    told += [(int(day), "stage-entered", {"stage": stage})
             for day, stage in zip(took, STAGES, strict=False)]  # fmt: skip
    told.append((int(took[-1]), "decided", {"outcome": "upheld"}))
    for place, (day, kind, data) in enumerate(told):
        if begin + day <= DAYS + 1:
            at = _at(begin + day)
            yield case, SOURCE, name + str(place), kind, at, 0, at, json.dumps(data)


# --- Measuring.


def _measured(url: str) -> dict[str, float]:
    """Seconds, milliseconds and megabytes. Each night in a process of its own, for its memory."""
    figures: dict[str, float] = {}
    for step in ("fit", "first", "next", "replay", "read"):
        asked = [sys.executable, "-m", "tests.bench.estimates", step, url]
        with subprocess.Popen(asked, stdout=subprocess.PIPE) as process:
            most = max(memory_while(process))
            told, _ = process.communicate()
        assert process.returncode == 0
        figures |= json.loads(told) | {f"{step} MB": most}
    return figures


def _step(step: str, url: str) -> dict[str, float]:
    engine = engine_for(url)
    begun = time.perf_counter()
    now = datetime.now(UTC)
    figures: dict[str, float] = {}
    if step == "fit":
        known = known_on(engine, LAST, jobs=JOBS)
        fit(known.log, LAST.toordinal())
        figures = {"fit s": time.perf_counter() - begun}
        return figures | _fitted(known.log)
    if step == "read":
        return _looked_up(engine)
    if step in {"first", "next"}:
        night = LAST + timedelta(days=step == "next")
        counted = count(engine, night, now, jobs=JOBS)
        figures = {f"{step} said": counted.said, f"{step} open": counted.open_cases}
    else:
        figures = {"differing": replay(engine, LAST + timedelta(days=1), jobs=JOBS).differing}
    return {**figures, f"{step} s": time.perf_counter() - begun}


def _fitted(log: Log) -> dict[str, float]:
    """The fit of all cases, that of about 100,000 with five stages, and a look-up of one case."""
    end = LAST.toordinal()
    offices = tuple(Office(f"a{n}", medians=(30.0,) * 5, units=UNITS_NAMED) for n in range(AREAS))
    whole, model = _timed(log, end)
    sample = synthetic(World(offices, days=3000))
    cases = np.flatnonzero(log.closed > end)[:LOOKED_UP]
    taken = []
    for place in range(len(cases)):
        standing = standing_of(log, cases[place : place + 1], np.array([end]))
        begun = time.perf_counter()
        remaining(model, standing)
        taken.append(1000 * (time.perf_counter() - begun))
    return {
        "whole s": whole,
        "sample s": _timed(sample, sample.last)[0],
        "sample": len(sample.ids),
        "look-up ms": float(np.median(taken)),
    }


def _timed(log: Log, night: int) -> tuple[float, Model]:
    """The best of three."""
    found = []
    for _ in range(3):
        begun = time.perf_counter()
        model = fit(log, night)
        found.append(time.perf_counter() - begun)
    return min(found), model


def _looked_up(engine: Engine) -> dict[str, float]:
    """What a page asks: everything that was said of a case, and of a list of forty."""
    one, many = [], []
    ids = [ident(CASE, 100 + 7 * n) for n in range(LOOKED_UP)]
    with Session(engine) as session:
        for place, case in enumerate(ids):
            begun = time.perf_counter()
            told_of(session, case)
            one.append(1000 * (time.perf_counter() - begun))
            if place % 10 == 0:
                begun = time.perf_counter()
                told_now(session, ids[place : place + 40])
                many.append(1000 * (time.perf_counter() - begun))
    return {"page ms": float(np.median(one)), "list ms": float(np.median(many))}


# --- Tables.


def _tables(found: dict[str, float], closed: int, still: int) -> str:
    alone, held = found["fit s"], found["fit MB"]
    whole = f"{closed + still:,} cases ({still:,} open)"
    read = f"reading {whole} by {JOBS} processes, and the fit"
    pages_ms = f"{found['page ms']:.2f} and {found['list ms']:.2f} ms"
    nights = (("first", "the first night"), ("next", "the next night"),
              ("replay", "that night again, compared"))  # fmt: skip
    lines = [
        f"| fit of {found['sample']:,.0f} cases with 5 stages | {found['sample s']:.2f} s | | |",
        f"| fit of {whole} | {found['whole s']:.2f} s | | |",
        f"| look-up of one case in the model | {found['look-up ms']:.2f} ms | | |",
        f"| look-ups for a page, and for a list of 40 | {pages_ms} | | |",
        f"| {read} | {alone:.1f} s | 1 | {held:.0f} MB |",
        *(_night_line(found, step, name, alone) for step, name in nights),
    ]
    return "\n".join(("| | time | to reading and fit | memory |", "|---|--:|--:|--:|", *lines))


def _night_line(found: dict[str, float], step: str, name: str, alone: float) -> str:
    seconds, said = found[f"{step} s"], found.get(f"{step} said")
    told = f"{name}, {said:,.0f} said anew" if said is not None else name
    return f"| {told} | {seconds:.1f} s | {seconds / alone:.1f} | {found[f'{step} MB']:.0f} MB |"


if __name__ == "__main__":
    print(json.dumps(_step(*sys.argv[1:])))
