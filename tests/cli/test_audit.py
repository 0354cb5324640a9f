"""`indblik audit`: is the log what was written, and how far had it come."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import FOLDER, expire, record
from portal.audit.words import Act, Actor, Entry
from portal.cli.house import database
from portal.settings import read
from tests.rooms.audit.tamperer import free_hand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result
    from sqlalchemy import Engine

CASE = UUID(int=7)


@pytest.fixture
def engine(env: dict[str, str]) -> Iterator[Engine]:
    with database(read(env)) as opened:
        yield opened


def look(engine: Engine, times: int, ago: timedelta = timedelta()) -> None:
    for _ in range(times):
        entry = Entry(clock.now() - ago, Act.CASE_VIEWED, Actor.CITIZEN, case=CASE)
        with engine.begin() as connection:
            record(connection, entry)


def test_an_empty_log(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    done = run("audit", "verify")
    assert (done.exit_code, done.output) == (
        0,
        "0 entries in 0 chains, 0 of them after the last anchor of their chain; 0 findings\n",
    )


def test_a_log_as_it_was_written(run: Callable[..., Result], engine: Engine) -> None:
    look(engine, 3)
    done = run("audit", "verify")
    assert done.exit_code == 0
    assert "3 entries in 1 chains, 2 of them after the last anchor" in done.output


def test_anchoring_closes_the_window(run: Callable[..., Result], engine: Engine) -> None:
    free_hand(engine)
    look(engine, 3)
    done = run("audit", "anchor")
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "1 chains anchored")
    assert run("audit", "anchor").output.startswith("0 chains anchored")
    assert "0 of them after the last anchor" in run("audit", "verify").output
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_entries WHERE number = 3")
    done = run("audit", "verify")
    assert done.exit_code == 1
    assert done.output.startswith("cut  chain ")
    assert "number 3  day " in done.output


def test_what_is_tampered_with_is_not_anchored(
    run: Callable[..., Result], engine: Engine, tmp_path: Path
) -> None:
    free_hand(engine)
    look(engine, 3)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit_entries SET why = 'x' WHERE number = 3")
    done = run("audit", "anchor")
    assert done.exit_code == 1
    assert done.output.startswith("0 chains anchored\nedited  chain ")
    (path,) = (tmp_path / FOLDER).iterdir()
    assert [json.loads(line)["number"] for line in path.read_text().splitlines()] == [1]


def test_anchors_of_elsewhere(run: Callable[..., Result], engine: Engine, tmp_path: Path) -> None:
    look(engine, 3)
    here, there, empty = tmp_path / FOLDER, tmp_path / "there", tmp_path / "empty"
    here.rename(there)
    empty.mkdir()
    assert run("audit", "verify", "--anchors", str(there)).exit_code == 0
    both = run("audit", "verify", "--anchors", str(there), "--anchors", str(empty))
    assert both.exit_code == 0
    none = run("audit", "verify", "--anchors", str(empty))
    assert (none.exit_code, none.output.splitlines()[0]) == (1, "no_anchor  chain -")
    assert run("audit", "verify", "--anchors", str(tmp_path / "nowhere")).exit_code == 2


def test_old_anchors_go_with_their_chains(
    run: Callable[..., Result], engine: Engine, tmp_path: Path
) -> None:
    look(engine, 2, timedelta(days=1000))
    look(engine, 1)
    with Session(engine) as session:
        assert expire(session, clock.now()) == 2
        session.commit()
    done = run("audit", "anchor")
    assert done.exit_code == 0
    assert "1 files of older anchors deleted" in done.output
    assert len(list((tmp_path / FOLDER).iterdir())) == 1
    assert run("audit", "verify").exit_code == 0


def test_anchors_that_cannot_be_written(
    run: Callable[..., Result], engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    look(engine, 2)
    done = run("audit", "anchor")
    assert done.exit_code == 2
    assert "cannot be written" in done.output


def test_the_public_keys(run: Callable[..., Result]) -> None:
    done = run("audit", "keys")
    assert done.exit_code == 0
    name, _, public = done.output.strip().partition("  ")
    assert name
    assert len(public) == 44


def test_without_a_database(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    done = run("audit", "verify", INDBLIK_DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    assert done.exit_code == 2
    assert "indblik db upgrade" in done.output
