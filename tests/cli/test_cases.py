from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.models import Case, CaseEvent
from portal.cases.queries import case_of, cases_of
from portal.cases.words import Stage
from portal.cli import importing, main
from portal.cli.house import vault_of
from portal.db import engine_for
from portal.feed.models import Source
from portal.feed.rules import LINE_BYTES
from portal.identity.actions import person_with_cpr
from portal.settings import read
from tests import appeals
from tests.cli.conftest import environment
from tests.rooms.feed.examples import told
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

GOOD = told("urgency-set", {"urgent": True}, id="1")
FEED = b"\xef\xbb\xbf" + b"\n".join([
    GOOD,
    b"",
    b"not json",
    GOOD,
    told("received", {"number": None, "area": "a", "authority": "b"}, id="2"),
    b"x" * (3 * LINE_BYTES),
    told("resumed", id="3") + b"\r",
])  # fmt: skip


@contextmanager
def opened(env: dict[str, str]) -> Iterator[Session]:
    """A session on the database of these settings."""
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        yield session
    engine.dispose()


def count(env: dict[str, str], model: type[Case | CaseEvent | Source]) -> int:
    with opened(env) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_help_lists_the_commands() -> None:
    shown = CliRunner().invoke(main, ["--help"])
    assert shown.exit_code == 0
    assert {"cases", "db", "demo"} <= set(shown.output.split())


def test_a_file_is_taken_in_record_by_record(run: Run, env: dict[str, str], tmp_path: Path) -> None:
    report = tmp_path / "out.jsonl"
    done = run("cases", "import", "-", "--report", str(report), given=FEED)
    assert done.exit_code == 1
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "line 3: the record is not one JSON value",
        "line 5: data.number: the field must have a value, and is null",
        "line 6: the record is longer than 256 kB",
        "2 accepted, 1 known, 3 rejected",
    ]
    told_of = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(one["line"], one["result"]) for one in told_of] == [
        (1, "accepted"), (3, "rejected"), (4, "known"), (5, "rejected"), (6, "rejected"),
        (7, "accepted"),
    ]  # fmt: skip
    assert told_of[3]["reasons"] == [{
        "code": "null",
        "field": "data.number",
        "text": "data.number: the field must have a value, and is null",
    }]  # fmt: skip
    assert count(env, CaseEvent) == 2


def test_a_second_import_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "feed.jsonl"
    file.write_bytes(GOOD + b"\n")
    assert run("cases", "import", str(file)).stdout == "1 accepted, 0 known, 0 rejected\n"
    again = run("cases", "import", str(file))
    assert (again.exit_code, again.stdout) == (0, "0 accepted, 1 known, 0 rejected\n")


def test_a_dry_run_keeps_nothing(run: Run, env: dict[str, str]) -> None:
    done = run("cases", "import", "-", "--dry-run", given=GOOD)
    assert done.exit_code == 0
    assert done.stdout == "1 accepted, 0 known, 0 rejected (dry run: nothing was kept)\n"
    assert (count(env, CaseEvent), count(env, Case), count(env, Source)) == (0, 0, 0)


def test_an_empty_file_is_all_taken_in(run: Run) -> None:
    done = run("cases", "import", "-", given=b"\n \n")
    assert (done.exit_code, done.stdout) == (0, "0 accepted, 0 known, 0 rejected\n")


def test_a_missing_file_is_said(run: Run) -> None:
    done = run("cases", "import", "nowhere.jsonl")
    assert done.exit_code == 2
    assert "nowhere.jsonl" in done.stderr


def test_all_cases_are_folded_anew(run: Run, env: dict[str, str]) -> None:
    run("cases", "import", "-", given=GOOD)
    with opened(env) as session:
        session.execute(update(Case).values(state={}, version=0))
        session.commit()
    done = run("cases", "rebuild")
    assert (done.exit_code, done.stdout) == (0, "1 cases folded anew\n")
    with opened(env) as session:
        assert session.scalars(select(Case.state)).one()["urgent"] is True


def test_an_event_that_cannot_be_read_is_named_and_stops_nothing(
    run: Run, env: dict[str, str]
) -> None:
    other = told("received", {"number": "7", "area": "aids", "authority": "b"}, id="2")
    run("cases", "import", "-", given=GOOD + b"\n" + other + b"\n" + told("resumed", subject="c"))
    with opened(env) as session:
        session.execute(update(CaseEvent).where(CaseEvent.event == "1").values(data={"urgent": 7}))
        session.execute(update(Case).values(state={}, version=0))
        session.commit()
    done = run("cases", "rebuild")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "cannot be read: event 1 of urn:example:board",
        "2 cases folded anew",
    ]
    with opened(env) as session:
        states = session.scalars(select(Case.state).order_by(Case.subject)).all()
    assert [state.get("number") for state in states] == [None, "7"]


def test_a_missing_setting_is_named(run: Run) -> None:
    done = run("cases", "import", "-", given=GOOD, INDBLIK_KEK="")
    assert done.exit_code == 2
    assert "INDBLIK_KEK is not set" in done.stderr


def test_an_impossible_database_is_said(run: Run) -> None:
    for url in ("nonsense", "oracle://x/y", "mysql://x/y"):
        done = run("cases", "import", "-", given=GOOD, INDBLIK_DATABASE_URL=url)
        assert done.exit_code == 2
        assert "INDBLIK_DATABASE_URL" in done.stderr


def test_missing_tables_are_said(database_url: str, tmp_path: Path) -> None:
    env = environment(database_url, tmp_path)
    for command in (["cases", "import", "-"], ["cases", "rebuild"]):
        done = CliRunner().invoke(main, command, input=GOOD, env=env)
        assert done.exit_code == 2
        assert "indblik db upgrade" in done.stderr


def test_tables_are_made(database_url: str, tmp_path: Path) -> None:
    env = environment(database_url, tmp_path)
    for _ in range(2):
        done = CliRunner().invoke(main, ["db", "upgrade"], env=env)
        assert (done.exit_code, done.stdout) == (0, "The database is up to date.\n")
    assert count(env, Case) == 0


def test_a_silent_database_is_said(run: Run, tmp_path: Path) -> None:
    for url in (f"postgresql+psycopg://x@/x?host={tmp_path}", "sqlite:////nowhere/at/all.db"):
        done = run("cases", "import", "-", given=GOOD, INDBLIK_DATABASE_URL=url)
        assert done.exit_code == 2
        assert "does not answer" in done.stderr
        assert "Traceback" not in done.output


def test_a_locked_database_is_said(
    run: Run, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PATIENCE", 1)
    url = make_url(env["INDBLIK_DATABASE_URL"])
    if url.get_backend_name() != "sqlite":
        with psycopg.connect(host=str(url.query["host"]), user="postgres",
                             dbname=url.database) as other:  # fmt: skip
            other.execute("LOCK TABLE cases")
            done = run("cases", "import", "-", given=GOOD)
    else:
        other_file = sqlite3.connect(url.database or "")
        other_file.execute("BEGIN IMMEDIATE")
        done = run("cases", "import", "-", given=GOOD)
        other_file.close()
    assert done.exit_code == 2
    assert "locked by somebody else" in done.stderr
    assert run("cases", "import", "-", given=GOOD).exit_code == 0


@pytest.fixture(scope="module")
def appeals_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real appeals as a feed."""
    if not appeals.DATA.is_file():
        missing("the shared data with the planning appeals")
    file = tmp_path_factory.mktemp("appeals") / "appeals.jsonl"
    file.write_bytes(b"".join(appeals.records(appeals.DATA)))
    return file


def test_the_real_appeals_are_taken_in_once(
    run: Run, env: dict[str, str], appeals_file: Path
) -> None:
    done = run("cases", "import", str(appeals_file))
    assert (done.exit_code, done.stdout) == (0, "3891 accepted, 0 known, 0 rejected\n")
    assert count(env, Case) == 1297
    again = run("cases", "import", str(appeals_file))
    assert (again.exit_code, again.stdout) == (0, "0 accepted, 3891 known, 0 rejected\n")


def test_a_person_sees_a_real_appeal(run: Run, env: dict[str, str], appeals_file: Path) -> None:
    run("cases", "import", str(appeals_file))
    now = clock.now()
    settings = read(env)
    with opened(env) as session:
        person = person_with_cpr(session, vault_of(settings), appeals.cpr(7), None, now)
        mine = cases_of(session, person, clock.day_of(now))
        (seventh,) = [case for case in mine if case.state.number == "IOM-7"]
        seen = case_of(session, person, seventh.id, clock.day_of(now)).state
    assert len(mine) == 11
    assert (seen.stage, seen.ending, seen.decision) == (Stage.CLOSED, "completed", None)
    assert str(seen.complained_of) == "2010-05-25"
    assert str(seen.received) == "2010-06-04"
    assert seen.area == "planning_r"


def test_the_appeals_convert_to_the_same_file_each_time(appeals_file: Path) -> None:
    assert b"".join(appeals.records(appeals.DATA)) == appeals_file.read_bytes()
