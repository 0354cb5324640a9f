"""`indblik participation refresh`: keys made and deleted, and a list that is only added to."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal import clock
from portal.answers.rules import cohorts_of
from portal.cli.house import CannotRun
from portal.cli.participation import refreshed
from portal.db import engine_for
from portal.participation.models import ParticipationCohort
from tests.rooms.blind.keys import key
from tests.rooms.cases.stories import noon
from tests.rooms.participation.decisions import TODAY, decide
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result
    from sqlalchemy import Engine

    from portal.blind.words import PrivateKey

NAMES = ["2026-3-disability", "2026-4-disability"]
VAULT = vault_with()


@pytest.fixture
def engine(env: dict[str, str]) -> Iterator[Engine]:
    made = engine_for(env["INDBLIK_DATABASE_URL"])
    decide(made, "aids", 50)
    yield made
    made.dispose()


def keys(first: int = 0) -> Callable[[], PrivateKey]:
    """Short keys, one after the other."""
    numbers = iter(range(first, first + 10))
    return lambda: key(next(numbers))


def test_the_command_makes_keys_and_publishes_them_once(
    run: Callable[..., Result], engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cohorts.jsonl"
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))
    first = run("participation", "refresh", INDBLIK_COHORTS_FILE=str(file))
    assert (first.exit_code, first.output) == (
        0,
        f"made: {', '.join(NAMES)}; over: none; 2 listed\n",
    )
    text = file.read_text()
    assert list(cohorts_of(text)) == NAMES
    again = run("participation", "refresh", INDBLIK_COHORTS_FILE=str(file))
    assert again.output == "made: none; over: none; 2 listed\n"
    assert file.read_text() == text
    monkeypatch.setattr(clock, "now", lambda: noon(date(2027, 4, 1)))
    ended = run("participation", "refresh", INDBLIK_COHORTS_FILE=str(file))
    assert ended.output == f"made: none; over: {', '.join(NAMES)}; 2 listed\n"
    assert file.read_text() == text  # what was published stays


def test_without_a_file_to_publish_in_nothing_is_made(run: Callable[..., Result]) -> None:
    done = run("participation", "refresh")
    assert done.exit_code == 2
    assert "INDBLIK_COHORTS_FILE is not set" in done.output


def test_what_was_not_published_is_published_the_next_time(engine: Engine, tmp_path: Path) -> None:
    """The process ended after the keys were kept and before the list was written."""
    file = tmp_path / "cohorts.jsonl"
    refreshed(engine, VAULT, file, TODAY, keys())
    text = file.read_text()
    file.write_text(text.splitlines(keepends=True)[0])
    refreshed(engine, VAULT, file, TODAY, keys())
    assert file.read_text() == text
    file.unlink()
    refreshed(engine, VAULT, file, TODAY, keys())
    assert file.read_text() == text


def test_a_list_that_was_changed_stops_the_command(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "cohorts.jsonl"
    refreshed(engine, VAULT, file, TODAY, keys())
    text = file.read_text()
    for changed in (text.replace("2026-12-31", "2026-12-30"), "\n", b"\xff"):
        file.write_bytes(changed if isinstance(changed, bytes) else changed.encode())
        with pytest.raises(CannotRun, match="was changed"):
            refreshed(engine, VAULT, file, TODAY, keys())


def test_a_list_with_other_keys_stops_the_command(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "cohorts.jsonl"
    refreshed(engine, VAULT, file, TODAY, keys())
    with Session(engine) as session:
        session.execute(update(ParticipationCohort).values(public=b"other"))
        session.commit()
    with pytest.raises(CannotRun, match="another key"):
        refreshed(engine, VAULT, file, TODAY, keys())


def test_keys_that_the_database_lost_get_successors(engine: Engine, tmp_path: Path) -> None:
    """An older backup was put back: what is on the list stays there, and can no longer sign."""
    file = tmp_path / "cohorts.jsonl"
    refreshed(engine, VAULT, file, TODAY, keys())
    text = file.read_text()
    with Session(engine) as session:
        session.execute(delete(ParticipationCohort))
        session.commit()
    done = refreshed(engine, VAULT, file, TODAY, keys(5))
    assert done.made == [f"{name}_2" for name in NAMES]
    assert file.read_text().startswith(text)
    assert list(cohorts_of(file.read_text())) == [*NAMES, *done.made]


def test_two_that_run_at_once_make_one_list(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "cohorts.jsonl"
    key(), key(1), key(5), key(6)
    threads = [
        threading.Thread(target=refreshed, args=(engine, VAULT, file, TODAY, keys(first)))
        for first in (0, 5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(cohorts_of(file.read_text())) == NAMES


def test_a_folder_that_cannot_be_written_is_said(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="cannot be written"):
        refreshed(engine, VAULT, tmp_path / "none" / "cohorts.jsonl", TODAY, keys())
