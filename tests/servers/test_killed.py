"""SIGKILL at random points: nothing acknowledged is lost, and nothing counts twice.

INDBLIK_KILLS sets how often, over both doors and both databases together.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import CaseEvent
from portal.cli.house import vault_of
from portal.clock import now
from portal.db import Base, engine_for
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door
from portal.settings import read
from tests.api.conftest import BATCH
from tests.cli.conftest import environment
from tests.rooms.feed.examples import told
from tests.rooms.feed.sequences import CPRS, held
from tests.servers.machines import serving
from tests.servers.portal import laid_out
from tests.servers.processes import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from tests.servers.machines import Served

KILLS = max(2, int(os.environ.get("INDBLIK_KILLS", "8")) // 4)  # of each door on each database
SOURCE = "urn:example:killed"
LINES = 2400  # of one file
EVENTS = 4  # of one case in a file
AT_ONCE = 3  # clients
IN_BATCH = 40
WAYS = ((), ("--resume",), ("--jobs", "2"), ("--jobs", "2", "--resume"))


def records(part: str, count: int) -> list[bytes]:
    """A file of a feed: cases of four events, whose later events come in later batches."""
    made = []
    for line in range(count):
        case, step = line % (count // EVENTS), line // (count // EVENTS)
        what, data = (
            ("party-added", {"cpr": CPRS[case % len(CPRS)], "role": "complainant"}),
            ("received", {"number": f"{case}", "area": "aids", "authority": "Odder Kommune"}),
            ("stage-entered", {"stage": "hearing"}),
            ("decided", {"outcome": "upheld"}),
        )[min(step, EVENTS - 1)]
        known = {"id": f"{part}-{line}", "source": SOURCE, "subject": f"{part}-{case}"}
        made.append(told(what, data, **known, time=f"2026-11-0{1 + step % 9}T09:30:00Z"))
    made[count // 2] = told("decided", {"outcome": None}, id=f"{part}-bad", source=SOURCE)
    return made


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    made = environment(database_url, tmp_path)
    laid_out(made)
    return made


@pytest.fixture
def engine(env: dict[str, str]) -> Iterator[Engine]:
    made = engine_for(env["INDBLIK_DATABASE_URL"])
    yield made
    made.dispose()


def expected(env: dict[str, str], told_of: Sequence[bytes]) -> dict[str, list[str]]:
    """What the records come to when nobody is killed."""
    reference = engine_for("sqlite://")
    Base.metadata.create_all(reference)
    vault = vault_of(read(env))
    with Session(reference) as session:
        for start in range(0, len(told_of), 1000):
            part = told_of[start : start + 1000]
            take_in(session, vault, part, now(), Door.FILE, range(len(part)))
        found = held(session)
    reference.dispose()
    return found


def stored(engine: Engine) -> set[str]:
    with Session(engine) as session:
        return set(session.scalars(select(CaseEvent.event)))


def importing(env: dict[str, str], file: Path, report: Path, *how: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("indblik")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    with report.with_suffix(".log").open("wb") as log:
        return subprocess.Popen(
            [program, "cases", "import", file, "--report", report, "--batch", "300", *how],
            env=inherited | env,
            stdout=log,
            stderr=log,
        )


def kill_somewhere(process: subprocess.Popen[bytes], report: Path, dice: random.Random) -> None:
    """Kill it while it starts, or some time after it has begun to say what became of records."""
    until = time.monotonic() + (dice.uniform(0, 1) if dice.random() < 0.1 else PATIENCE)
    while process.poll() is None and time.monotonic() < until:
        if report.exists() and report.stat().st_size:
            time.sleep(dice.uniform(0, 1))
            break
        time.sleep(0.01)
    process.kill()


def acknowledged(report: Path, part: str) -> set[str]:
    """The events that the report says are kept; its last line may be cut off."""
    if not report.exists():
        return set()
    lines = report.read_text().split("\n")[:-1]
    whole = [json.loads(line) for line in lines]
    return {f"{part}-{one['line'] - 1}" for one in whole if one["result"] != "rejected"}


@pytest.mark.stored
def test_a_killed_import_loses_and_doubles_nothing(
    env: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    dice = random.Random()  # noqa: S311 - no secret
    parts: list[str] = []
    killed, finished = 0, True
    while killed < KILLS or not finished:
        if finished:
            parts.append(f"p{len(parts)}")
            file = tmp_path / f"{parts[-1]}.jsonl"
            file.write_bytes(b"\n".join(records(parts[-1], LINES)))
        report = tmp_path / f"{killed}.out"
        report.unlink(missing_ok=True)  # one that ended unharmed has left its report here
        process = importing(env, file, report, *dice.choice(WAYS))
        if killed < KILLS:
            kill_somewhere(process, report, dice)
        status = process.wait(PATIENCE)
        killed += status == -signal.SIGKILL
        # Of each file one record is rejected: in this run, or in one that this one resumed.
        finished = status in {0, 1}
        assert finished or status == -signal.SIGKILL, report.with_suffix(".log").read_text()
        assert acknowledged(report, parts[-1]) <= stored(engine)
    with Session(engine) as session:
        assert held(session) == expected(env, [r for p in parts for r in records(p, LINES)])
    print(f"{killed} kills, {len(parts)} files")  # noqa: T201 - shown by a long run


def send(served: Served, body: bytes, acknowledged: list[bytes]) -> None:
    """Tell a batch until it is acknowledged."""
    while True:
        headers = {**served.headers, "Content-Type": BATCH}
        with contextlib.suppress(requests.RequestException):
            answer = requests.post(f"{served.address}/api/v1/events", body, headers=headers,
                                   timeout=10)  # fmt: skip
            if answer.status_code == 200 and answer.json()["records"]:
                acknowledged.append(body)
                return
            assert answer.status_code == 503, answer.text


@pytest.mark.stored
def test_a_killed_worker_loses_and_doubles_nothing(
    env: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    dice = random.Random()  # noqa: S311 - no secret
    sent: list[bytes] = []
    acknowledged: list[bytes] = []
    enough = threading.Event()

    def tell(client: int) -> None:
        number = 0
        while not enough.is_set():
            told_of = records(f"{client}-{number}", IN_BATCH)
            sent.extend(told_of)
            for batch in (told_of[: IN_BATCH // 2], told_of[IN_BATCH // 2 :]):
                send(served, b"[" + b",".join(batch) + b"]", acknowledged)
            number += 1

    killed = 0
    with serving(env, tmp_path) as served, ThreadPoolExecutor(AT_ONCE) as clients:
        telling = [clients.submit(tell, number) for number in range(AT_ONCE)]
        try:
            while killed < KILLS and not any(one.done() for one in telling):
                time.sleep(dice.uniform(0.05, 0.6))
                for worker in dice.sample(served.workers(), 1):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(worker, signal.SIGKILL)
                        killed += 1
        finally:
            enough.set()
        for one in telling:
            one.result()
    assert killed == KILLS
    told_of = [one for batch in acknowledged for one in json.loads(batch)]
    well = {one["id"] for one in told_of if not one["id"].endswith("-bad")}
    assert well == stored(engine)
    with Session(engine) as session:
        assert held(session) == expected(env, sent)
    print(f"{killed} kills, {len(acknowledged)} batches")  # noqa: T201 - shown by a long run
