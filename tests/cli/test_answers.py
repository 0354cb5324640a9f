from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.answers import actions
from portal.answers.actions import redeem
from portal.answers.models import Pooled, Spent
from portal.answers.queries import store, waiting_counts
from portal.cli.database import OF_ANSWERS, upgraded
from portal.db import engine_for
from portal.feedback.models import FeedbackRatings, FeedbackText
from tests.rooms.answers.tickets import NAME, TODAY, cohorts, content, listed, ticket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

COMMANDS = import_module("portal.cli.answers")  # by its name: the group has it, too
OTHER = "2026-3-other"
COHORTS = cohorts(NAME, OTHER)
OVER = datetime(2027, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def env(
    env: dict[str, str],
    database_url: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, str]:
    """Both databases of one kind, and the published list, on a day on which answers are taken."""
    door = f"sqlite:///{tmp_path / 'door.db'}"
    if database_url.startswith("postgresql"):
        cluster = request.getfixturevalue("postgres")
        door = cluster.url(cluster.create())
    upgraded(door, OF_ANSWERS)
    path = tmp_path / "cohorts.jsonl"
    path.write_text(listed([NAME, OTHER]))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    return env | {"INDBLIK_DOOR_DATABASE_URL": door, "INDBLIK_DOOR_COHORTS_FILE": str(path)}


def answered(env: dict[str, str], count: int, name: str = NAME, mark: str = "") -> set[str]:
    """So many answers; their texts."""
    engine = store(env["INDBLIK_DOOR_DATABASE_URL"])
    texts = {f"Tekst {mark}{number}" for number in range(count)}
    for text in texts:
        with Session(engine) as session:
            redeem(session, COHORTS, ticket(name), content(text, better=text), TODAY)
            session.commit()
    engine.dispose()
    return texts


def waiting(env: dict[str, str]) -> dict[str, int]:
    engine = store(env["INDBLIK_DOOR_DATABASE_URL"])
    with Session(engine) as session:
        found = waiting_counts(session)
    engine.dispose()
    return {name: count for name, count in found.items() if count}


def released(env: dict[str, str]) -> list[tuple[str, str]]:
    """Cohort and text of every text that the portal has; each has its ratings, too."""
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with Session(engine) as session:
        texts = session.execute(select(FeedbackText.cohort, FeedbackText.text)).all()
        ratings = session.execute(select(FeedbackRatings.cohort, FeedbackRatings.ratings)).all()
    engine.dispose()
    found = sorted((cohort, text) for cohort, text in texts)
    assert sorted((cohort, one["trust"].removeprefix("high")) for cohort, one in ratings) == found
    return found


def test_the_tables_are_made(run: Run, env: dict[str, str], tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path / 'new.db'}"
    for _ in range(2):
        done = run("answers", "upgrade", INDBLIK_DOOR_DATABASE_URL=new)
        assert (done.exit_code, done.stdout) == (0, "The answer door's database is up to date.\n")


def test_nine_answers_wait_and_ten_are_released(run: Run, env: dict[str, str]) -> None:
    texts = answered(env, 9) | answered(env, 2, OTHER, "o")
    done = run("answers", "release")
    assert (done.exit_code, done.stdout) == (0, "0 answers and 0 texts released; 11 answers wait\n")
    assert released(env) == []
    texts = answered(env, 1, mark="x") | {text for text in texts if "o" not in text}
    done = run("answers", "release")
    assert (done.exit_code, done.stdout) == (
        0, "10 answers and 10 texts released; 2 answers wait\n",
    )  # fmt: skip
    assert released(env) == sorted((NAME, text) for text in texts)
    assert waiting(env) == {OTHER: 2}


def test_rows_lie_in_the_order_of_their_random_keys(run: Run, env: dict[str, str]) -> None:
    answered(env, 30)
    run("answers", "release")
    engine = engine_for(env["INDBLIK_DATABASE_URL"])
    with engine.connect() as connection:
        for model in (FeedbackRatings, FeedbackText):
            keys = list(connection.scalars(select(model.key)))
            assert keys == sorted(keys)
            assert len(keys) == 30
    engine.dispose()


@pytest.mark.parametrize("where", ["take_in", "arrived"])
def test_broken_off_between_the_databases_it_loses_and_doubles_nothing(
    run: Run, env: dict[str, str], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = answered(env, 12)
    room = COMMANDS if where == "take_in" else actions
    with monkeypatch.context() as broken:
        broken.setattr(room, where, lambda *_: 1 / 0)
        assert isinstance(run("answers", "release").exception, ZeroDivisionError)
    assert len(released(env)) == (0 if where == "take_in" else 12)
    later = answered(env, 3, mark="later")
    for _ in range(2):
        assert run("answers", "release").exit_code == 0
        # Those three would be three alone, beside the twelve that are there already.
        assert released(env) == sorted((NAME, text) for text in texts)
        assert waiting(env) == {NAME: 3}
    later |= answered(env, 7, mark="more")
    run("answers", "release")
    assert released(env) == sorted((NAME, text) for text in texts | later)


def test_a_batch_on_its_way_holds_the_next_one_back(
    run: Run, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = answered(env, 10)
    unreachable = {"INDBLIK_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:9/none"}
    refused = run("answers", "release", **unreachable)
    assert refused.exit_code == 2
    assert "is INDBLIK_DATABASE_URL right?" in refused.stderr
    with monkeypatch.context() as broken:
        broken.setattr(COMMANDS, "take_in", lambda *_: 1 / 0)
        run("answers", "release")
        texts |= answered(env, 10, mark="b")
        run("answers", "release")
    done = run("answers", "release")
    assert done.stdout == "20 answers and 20 texts released; 0 answers wait\n"
    assert released(env) == sorted((NAME, text) for text in texts)


def test_what_is_left_at_the_end_goes_on_with_others(
    run: Run, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = answered(env, 4) | answered(env, 3, OTHER, "o")
    monkeypatch.setattr(clock, "now", lambda: OVER)
    assert run("answers", "release").stdout.endswith("; 7 answers wait\n")
    assert waiting(env) == {"2026-4-all": 7}
    assert released(env) == []
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 12, 1, tzinfo=UTC))
    run("answers", "release")
    assert waiting(env) == {"2027-3-all": len(few)}


def test_spent_tokens_are_forgotten_when_their_cohort_is_over(
    run: Run, env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(env, 2)
    assert run("answers", "expire").stdout == "0 spent tokens forgotten\n"
    monkeypatch.setattr(clock, "now", lambda: OVER)
    assert run("answers", "expire").stdout == "2 spent tokens forgotten\n"
    engine = store(env["INDBLIK_DOOR_DATABASE_URL"])
    with Session(engine) as session:
        assert session.scalars(select(Spent)).all() == []
        assert all(row.closed for row in session.scalars(select(Pooled)))
    engine.dispose()
    assert waiting(env) == {NAME: 2}


def test_one_cluster_for_both_is_warned_of(run: Run, env: dict[str, str]) -> None:
    done = run("answers", "release")
    shared = env["INDBLIK_DATABASE_URL"].startswith("postgresql")
    assert ("both databases are in one PostgreSQL cluster" in done.stderr) is shared


@pytest.mark.parametrize("text", [b"{", b"\xff", json.dumps({"cohort": NAME}).encode()])
def test_a_list_that_cannot_be_believed_stops_the_job(
    run: Run, env: dict[str, str], tmp_path: Path, text: bytes
) -> None:
    (tmp_path / "cohorts.jsonl").write_bytes(text)
    for command in ("release", "expire"):
        done = run("answers", command)
        assert done.exit_code == 2
        assert "the list cannot be believed" in done.stderr


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"INDBLIK_DOOR_DATABASE_URL": ""}, "INDBLIK_DOOR_DATABASE_URL is not set"),
        ({"INDBLIK_DATABASE_URL": ""}, "INDBLIK_DATABASE_URL is not set"),
        ({"INDBLIK_DOOR_COHORTS_FILE": "/nowhere"}, "INDBLIK_DOOR_COHORTS_FILE names no file"),
        ({"INDBLIK_DOOR_DATABASE_URL": "sqlite://"}, "Run `indblik answers upgrade`."),
    ],
)
def test_what_is_missing_is_said(
    run: Run, env: dict[str, str], missing: dict[str, str], told: str
) -> None:
    done = run("answers", "release", **missing)
    assert done.exit_code == 2
    assert told in done.stderr
