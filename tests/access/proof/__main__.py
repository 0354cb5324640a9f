"""The proof, in one command: `make access`, or `python -m tests.access.proof --help`.

It looks at every page, state and view of the gallery at both widths, goes the whole ways, compares
what is read aloud, and writes build/access/: report.html, report.json, earl.jsonld, evidence/.

What was seen is kept. A run that was stopped goes on where it was; a run after a change looks only
at what has changed. `--again` forgets it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import requests

from tests.access.journeys.words import Gone
from tests.access.proof.earl import earl
from tests.access.proof.gallery import Wanted, index, looks, tasks
from tests.access.proof.html import html
from tests.access.proof.keeping import BUILD, ROOT, Store, programs_digest
from tests.access.proof.reporting import Report, write_json, write_summary
from tests.access.proof.words import WIDTHS
from tests.access.proof.working import Work, all_seen
from tests.journeys.conftest import demonstration
from tests.servers.checkers import nu_listening
from tests.servers.portal import LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.access.proof.words import Look, Seen

SUMMARY = ROOT / "portal" / "statement" / "tested.json"
TOLD_EVERY = 20  # looks
LAYING = 300  # seconds: the first who asks the gallery waits until its ground is laid


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    read = argparse.ArgumentParser("make access", description=__doc__)
    read.add_argument("--pages", default="", help="a pattern for keys of the gallery")
    read.add_argument("--views", default="", help="da,ar: these alone")
    read.add_argument("--widths", default="", help="320: this alone")
    read.add_argument("--shard", default="1/1", help="2/10: the second tenth")
    read.add_argument(
        "--minutes", type=float, default=30, help="for the looks; then nothing more is begun"
    )
    read.add_argument("--processes", type=int, default=2)
    read.add_argument("--again", action="store_true", help="look also where nothing has changed")
    read.add_argument("--quick", action="store_true", help="without what takes long")
    read.add_argument("--address", help="a portal that runs already, with its gallery")
    read.add_argument("--only-looks", action="store_true", help="no journeys, nothing read aloud")
    read.add_argument("--only-report", action="store_true", help="from what was kept, as it is")
    return read.parse_args(given)


def _wanted(asked: argparse.Namespace) -> Wanted:
    number, of = (int(part) for part in asked.shard.split("/"))
    return Wanted(
        asked.pages,
        tuple(filter(None, asked.views.split(","))),
        tuple(int(width) for width in asked.widths.split(",") if width) or WIDTHS,
        (number, of),
    )


def _look(todo: Sequence[Look], asked: argparse.Namespace) -> list[Seen]:
    """Take every look, and say how far it has come. Longer ones replace shorter ones."""
    (BUILD / "evidence").mkdir(parents=True, exist_ok=True)
    began, before = time.monotonic(), len(todo)
    work = tasks(todo, quick=asked.quick)
    print(f"{before} looks; the gallery lays its ground", flush=True)
    if todo:
        requests.get(todo[0].address, timeout=LAYING)
    seen: dict[Look, Seen] = {}
    with nu_listening() as port:
        job = Work(programs_digest(), asked.again, port)
        found = all_seen(work, job, asked.processes,
                         lambda: time.monotonic() - began > asked.minutes * 60)  # fmt: skip
        for count, one in enumerate(found, 1):
            if not (one.broken and one.look in seen):
                seen[one.look] = one
            _tell(one)
            if count % TOLD_EVERY == 0 or count in {before, len(work)}:
                spent = time.monotonic() - began
                left = spent / count * (before - count) / 60
                told = f"about {left:.0f} min more" if left > 0 else f"deepened {count - before}"
                print(f"{len(seen)} of {before} looks, {spent / 60:.1f} min, {told}", flush=True)
    return list(seen.values())


def _tell(one: Seen) -> None:
    if not (one.broken or one.findings):
        return
    where = f"{one.look.key} {one.look.view} {one.look.width}"
    sure = [found for found in one.findings if found.certain]
    for line in [one.broken] if one.broken else [str(found) for found in sure[:5]]:
        print(f"  {where}: {line}"[:300], flush=True)


def _tested(asked: argparse.Namespace) -> bool:
    """The other tests of the proof: journeys, what is read aloud, the power of the probes."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", str(asked.processes), "-m", "access",
               "tests/access"]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def _gone() -> list[Gone]:
    files = sorted((BUILD / "journeys").glob("*.json"))
    return [msgspec.json.decode(file.read_bytes(), type=Gone) for file in files]


def _spoken() -> tuple[str, ...]:
    """The views that sound as they were read."""
    return tuple(sorted(file.stem for file in (BUILD / "spoken").glob("*.txt")))


def _write(report: Report) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    write_json(report, BUILD / "report.json")
    (BUILD / "earl.jsonld").write_bytes(msgspec.json.encode(earl(report)))
    (BUILD / "report.html").write_text(html(report))
    if report.complete:
        write_summary(report.summary(), SUMMARY)


def _said(report: Report, *, tested: bool) -> None:
    print(f"\n{len(report.seen)} of {len(report.looks)} looks, {len(report.table)} places, "
          f"{len(report.faults)} faults, {len(report.unreviewed)} unreviewed, "
          f"{len(report.broken)} failed, {len(report.lost)} of {len(report.journeys)} ways lost, "
          f"{report.points} points of 500 {dict(report.by_view)}")  # fmt: skip
    for line in report.idle:
        print(f"speaks of nothing any more: {line.tool} {line.rule}: {line.reason}")
    if not tested:
        print("the other tests of the proof failed")
    print(f"report: {(BUILD / 'report.html').relative_to(ROOT)}", flush=True)


def main(given: Sequence[str] | None = None) -> int:
    """Look, go, listen, write. 0: all holds; 1: it does not; 2: not everything was looked at."""
    asked, began = _arguments(given), time.monotonic()
    wanted = _wanted(asked)
    os.environ["INDBLIK_LIMITS_FILE"] = str(LIMITS)  # who looks at all asks more than anybody
    running = nullcontext(None) if asked.address else demonstration()
    with running as demo:
        address = asked.address or (demo.address if demo else "")
        todo = looks(address, index(address), wanted)
        kept = [Store().of(look) for look in todo] if asked.only_report else []
        seen = [one for one in kept if one] if asked.only_report else _look(todo, asked)
    tested = True
    if wanted.everything and not (asked.only_looks or asked.only_report):
        tested = _tested(asked)
    report = Report(datetime.now(UTC).date(), todo, seen, _gone(), _spoken(),
                    wanted.everything and not asked.quick, time.monotonic() - began)  # fmt: skip
    _write(report)
    _said(report, tested=tested)
    if not (report.passes and tested):
        return 1
    return 0 if len(seen) == len(todo) else 2


if __name__ == "__main__":
    sys.exit(main())
