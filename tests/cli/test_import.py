"""Importing a file in parts, by several processes, from a folder, and with a report."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from portal.cases.models import Case, CaseEvent, CaseParty
from portal.cli import importing, imports
from portal.cli.lines import Place, Reader
from portal.cli.places import Places
from portal.cli.processes import as_many_as
from tests.cli.test_cases import GOOD, count, opened
from tests.rooms.feed.examples import told
from tests.rooms.feed.sequences import CPRS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    Run = Callable[..., Result]

RECORDS = [
    told(*what, id=f"{case}-{number}", subject=f"c-{case}")
    for case in range(12)
    for number, what in enumerate((
        ("party-added", {"cpr": CPRS[case % len(CPRS)], "role": "complainant"}),
        ("received", {"number": f"{case}", "area": "aids", "authority": "Odder Kommune"}),
        ("stage-entered", {"stage": "hearing"}),
    ))
]  # fmt: skip
ALL = f"{len(RECORDS)} accepted, 0 known, 0 rejected\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "feed.jsonl"
    made.write_bytes(b"".join(record + b"\n" for record in RECORDS))
    return made


def held(env: dict[str, str]) -> list[tuple[object, ...]]:
    """What there is of each case."""
    with opened(env) as session:
        rows = session.execute(
            select(Case.subject, Case.state, CaseParty.role)
            .join(CaseParty, CaseParty.case_id == Case.id)
            .order_by(Case.subject)
        )
        persons = [
            (subject, {**state, "parties": len(state["parties"])}, role)
            for subject, state, role in rows
        ]
    return [*persons, (count(env, CaseEvent),)]


def break_off_after(monkeypatch: pytest.MonkeyPatch, batches: int) -> None:
    """Have somebody press Ctrl-C when so many batches were taken in."""
    whole = imports._imported

    def some(*given: object) -> Iterator[object]:
        for number, one in enumerate(whole(*given)):  # type: ignore[arg-type] # as they came
            if number == batches:
                raise KeyboardInterrupt
            yield one

    monkeypatch.setattr(imports, "_imported", some)


def test_a_run_goes_on_where_it_was_broken_off(
    run: Run, env: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        break_off_after(patched, 2)
        done = run("cases", "import", str(file), "--batch", "5")
    assert done.exit_code == 2
    assert "--resume goes on" in done.stderr
    assert count(env, CaseEvent) == 15  # the third was taken in, and is not noted
    again = run("cases", "import", str(file), "--batch", "5", "--resume")
    assert (again.exit_code, again.stdout) == (0, "21 accepted, 5 known, 0 rejected\n")
    assert len(held(env)) == 13


def test_what_was_added_to_a_file_is_taken_in_alone(run: Run, file: Path) -> None:
    assert run("cases", "import", str(file), "--resume").stdout == ALL
    assert run("cases", "import", str(file), "--resume").stdout.startswith("0 accepted, 0 known")
    with file.open("ab") as more:
        more.write(told("resumed", id="new") + b"\n" + b"not json\n")
    done = run("cases", "import", str(file), "--resume")
    assert done.stdout == (
        "line 38: the record is not one JSON value\n1 accepted, 0 known, 1 rejected\n"
    )


def test_another_file_of_the_name_is_taken_in_from_its_beginning(run: Run, file: Path) -> None:
    assert run("cases", "import", str(file)).stdout == ALL
    for other in (file.read_bytes().replace(b"hearing", b"meeting"), GOOD + b"\n"):
        file.write_bytes(other)
        done = run("cases", "import", str(file), "--resume")
        assert "is not what it was" in done.stderr
        assert sum(int(part.split()[0]) for part in done.stdout.split(", ")) == other.count(b"\n")


def test_a_dry_run_is_not_gone_on_from(run: Run, file: Path) -> None:
    assert run("cases", "import", str(file), "--dry-run").exit_code == 0
    assert run("cases", "import", str(file), "--resume").stdout == ALL


def test_standard_input_is_not_resumed(run: Run) -> None:
    done = run("cases", "import", "-", "--resume", given=GOOD)
    assert done.exit_code == 2
    assert "name a file" in done.stderr


def test_several_processes_come_to_the_same(run: Run, env: dict[str, str], file: Path) -> None:
    done = run("cases", "import", str(file), "--jobs", "2", "--batch", "4")
    assert (done.exit_code, done.stdout) == (0, ALL)
    several = held(env)
    again = run("cases", "import", str(file), "--jobs", "2", "--batch", "4")
    assert again.stdout == f"0 accepted, {len(RECORDS)} known, 0 rejected\n"
    assert run("cases", "rebuild").exit_code == 0
    assert held(env) == several
    assert {one[0] for one in several[:-1]} == {f"c-{case}" for case in range(12)}


def test_a_process_that_meets_a_lock_says_so(
    run: Run, env: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PATIENCE", 1)
    url = make_url(env["INDBLIK_DATABASE_URL"])
    if url.get_backend_name() == "sqlite":
        other_file = sqlite3.connect(url.database or "")
        other_file.execute("BEGIN IMMEDIATE")
        done = run("cases", "import", str(file), "--jobs", "2")
        other_file.close()
    else:
        host = str(url.query["host"])
        with psycopg.connect(host=host, user="postgres", dbname=url.database) as other:
            other.execute("LOCK TABLE cases")
            done = run("cases", "import", str(file), "--jobs", "2")
    assert done.exit_code == 2
    assert "locked by somebody else" in done.stderr
    assert run("cases", "import", str(file), "--resume").stdout == ALL


def test_a_process_that_dies_is_said(
    run: Run, env: dict[str, str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if env["INDBLIK_DATABASE_URL"].startswith("sqlite"):
        assert as_many_as(env["INDBLIK_DATABASE_URL"], 2) == 1  # and so none can die
        return
    monkeypatch.setattr(importing, "take_in", lambda *_: os._exit(9))
    done = run("cases", "import", str(file), "--jobs", "2")
    assert done.exit_code == 2
    assert "ended before its work was done" in done.stderr
    assert "Traceback" not in done.output


def test_a_folder_is_taken_in_by_name(run: Run, env: dict[str, str], tmp_path: Path) -> None:
    folder, report = tmp_path / "feeds", tmp_path / "out.jsonl"
    folder.mkdir()
    (folder / "b.jsonl").write_bytes(told("resumed", id="1") + b"\n7\n")
    (folder / "a.jsonl").write_bytes(GOOD)
    (folder / "c.txt").write_bytes(b"no feed")
    done = run("cases", "import", str(folder), "--report", str(report))
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "1 accepted, 1 known, 1 rejected"
    assert done.stdout.startswith("b.jsonl line 2: ")
    named = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(one["file"], one["line"], one["result"]) for one in named] == [
        ("a.jsonl", 1, "accepted"), ("b.jsonl", 1, "known"), ("b.jsonl", 2, "rejected"),
    ]  # fmt: skip


def test_a_folder_without_feeds_is_said(run: Run, tmp_path: Path) -> None:
    done = run("cases", "import", str(tmp_path))
    assert done.exit_code == 2
    assert "holds no *.jsonl" in done.stderr


def test_a_report_that_cannot_be_written_is_said_first(
    run: Run, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    for path in (tmp_path / "nowhere" / "out.jsonl", tmp_path):
        done = run("cases", "import", str(file), "--report", str(path))
        assert done.exit_code == 2
        assert str(path) in done.stderr
    assert count(env, CaseEvent) == 0


def test_a_data_folder_that_cannot_be_written_to_is_said(
    run: Run, env: dict[str, str], file: Path, tmp_path: Path
) -> None:
    done = run("cases", "import", str(file), INDBLIK_DATA_DIR=str(file))
    assert done.exit_code == 2
    assert "INDBLIK_DATA_DIR" in done.stderr
    assert count(env, CaseEvent) == 0


def test_a_bar_is_shown_at_a_terminal_alone(env: dict[str, str], run: Run, file: Path) -> None:
    assert run("cases", "import", str(file)).stderr == ""
    program = Path(sys.executable).with_name("indblik")
    ours, theirs = pty.openpty()
    for given, shown in (([str(file)], b"100%"), (["-"], b"")):  # that one's length is not known
        subprocess.run(
            [program, "cases", "import", *given],
            env=os.environ | env,
            input=GOOD,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            check=True,
        )
        os.write(theirs, b"!")
        seen = b""
        while not seen.endswith(b"!"):
            seen += os.read(ours, 4096)
        assert (shown in seen) if shown else (seen == b"!")
    os.close(ours)
    os.close(theirs)


def test_a_place_that_is_garbage_is_none(tmp_path: Path, file: Path) -> None:
    places = Places(tmp_path / "data")
    assert places.of(file) is None
    places.keep(file, Place(3, 1, "x"))
    assert places.of(file) == Place(3, 1, "x")
    (note,) = (tmp_path / "data" / "imports").iterdir()
    note.write_bytes(b"{")
    assert places.of(file) is None


def test_places_are_after_whole_lines(file: Path) -> None:
    with file.open("rb") as opened_file:
        sizes = [(batch.size, batch.end) for batch in Reader(opened_file).batches(7)]
    lines = file.read_bytes().splitlines(keepends=True)
    assert [end.line for _, end in sizes] == [7, 14, 21, 28, 35, 36]
    assert all(end.offset == sum(map(len, lines[: end.line])) for _, end in sizes)
    assert sum(size for size, _ in sizes) == file.stat().st_size
