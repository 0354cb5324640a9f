"""What the store itself tells, of rows and of bytes: neither when, nor who, nor in which order."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Boolean, LargeBinary, MetaData, String, inspect, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from portal.answers.actions import arrived, expire, redeem, set_out, tidy
from portal.answers.queries import store, unfinished
from portal.cli.database import OF_ANSWERS, upgraded
from portal.db import Base
from portal.feedback import models as feedback
from tests.guards.tree import ROOT
from tests.rooms.answers.tickets import NAME, TODAY, cohorts, content, ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tests.servers.postgres import Postgres

DOCS = ROOT / "docs" / "answers.md"
OTHER = "2026-3-other"
COHORTS = cohorts(NAME, OTHER)
SAFE = (Boolean, LargeBinary, String)  # no number, and no time
# The whole list: a new column is a new question to ask.
COLUMNS = {
    "alembic_version": {"version_num"},
    "pools": {"cohort", "waiting", "leaving", "closed"},
    "spent": {"cohort", "hash"},
}
RELEASED = {
    feedback.FeedbackRatings: {"key", "cohort", "version", "lang", "ratings", "choices"},
    feedback.FeedbackText: {"key", "cohort", "version", "lang", "question", "text", "state"},
}


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The door's database as its migrations make it."""
    upgraded(database_url, OF_ANSWERS)
    made = store(database_url, wait=10)
    yield made
    made.dispose()


def test_no_column_tells_a_time_a_person_a_case_or_an_order(engine: Engine) -> None:
    found = MetaData()
    found.reflect(engine)
    assert {table.name: {*table.columns.keys()} for table in found.tables.values()} == COLUMNS
    for table in found.tables.values():
        for column in table.columns:
            assert isinstance(column.type, SAFE), column
            assert column.server_default is None, column
            assert column.identity is None, column
            assert column.autoincrement in {"auto", False}, column
        assert not table.foreign_keys
        assert not table.indexes
    if _on_postgres(engine):
        assert inspect(engine).get_sequence_names() == []


def test_no_trigger_or_function_adds_what_the_tables_do_not_show(engine: Engine) -> None:
    asked = (
        "SELECT tgname FROM pg_trigger UNION ALL SELECT proname FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'"
        if _on_postgres(engine)
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with engine.connect() as connection:
        assert connection.execute(text(asked)).all() == []


def test_released_rows_lead_to_nobody_either() -> None:
    for model, columns in RELEASED.items():
        table = Base.metadata.tables[model.__tablename__]
        assert {*table.columns.keys()} == columns
        assert not table.foreign_keys


def _on_postgres(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def sent(engine: Engine, count: int, name: str = NAME, mark: str = "") -> list[str]:
    """So many answers, one after the other; their texts."""
    texts = [f"Tekst nummer {mark}{number} " + "meget lang " * 30 for number in range(count)]
    for each in texts:
        with Session(engine) as session:
            redeem(session, COHORTS, ticket(name), content(better=each), TODAY)
            session.commit()
    return texts


def released(engine: Engine) -> None:
    """As the weekly job does it, while nobody takes what is released."""
    with Session(engine) as session:
        set_out(session, COHORTS, TODAY)
        session.commit()
    with Session(engine) as session:
        for name, batch in unfinished(session).items():
            arrived(session, name, batch)
        session.commit()
    tidy(engine)


def _scanned(connection: Connection, asked: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(text(asked))]


def test_after_a_release_rows_lie_in_the_order_of_their_keys(engine: Engine) -> None:
    sent(engine, 12)
    sent(engine, 7, OTHER)
    released(engine)
    with engine.connect() as connection:
        hashes = _scanned(connection, "SELECT cohort, hash FROM spent")
        assert hashes == sorted(hashes)
        assert len(hashes) == 19
        pools = _scanned(connection, "SELECT cohort FROM pools")
        assert pools == sorted(pools)
        if _on_postgres(engine):
            for table in ("spent", "pools"):
                asked = f"SELECT DISTINCT xmin::text FROM {table}"  # noqa: S608 - our own names
                assert len(_scanned(connection, asked)) == 1
                places = _scanned(connection, f"SELECT ctid::text FROM {table}")  # noqa: S608
                assert places[0] == ("(0,1)",)


def marks(content: bytes, texts: list[str]) -> list[int]:
    """How often the bytes hold each text."""
    return [content.count(each.encode()) for each in texts]


def test_sqlite_files_hold_what_waits_once_and_what_was_released_never(
    sqlite_url: str, tmp_path: Path
) -> None:
    upgraded(sqlite_url, OF_ANSWERS)
    engine = store(sqlite_url)
    texts = sent(engine, 40, mark="a")
    files = [path for path in tmp_path.iterdir() if path.name.startswith("test.db")]
    held = b"".join(path.read_bytes() for path in files)
    # A text that runs over from one page into the next is not found in one piece.
    assert set(marks(held, texts)) <= {0, 1}
    assert sum(marks(held, texts)) > 30
    released(engine)
    few = sent(engine, 3, mark="b")
    held = b"".join(path.read_bytes() for path in tmp_path.glob("test.db*"))
    assert sum(marks(held, texts)) == 0
    assert b"Tekst nummer a" not in held
    assert sum(marks(held, few)) > 0
    engine.dispose()
    assert not [path for path in tmp_path.glob("test.db-*") if path.stat().st_size]


def _files(postgres: Postgres, engine: Engine) -> bytes:
    """What stands in the files of all tables of the store, once everything is written."""
    asked = """SELECT pg_relation_filepath(c.oid) FROM pg_class c
        WHERE c.relname IN ('pools', 'spent', 'pk_pools', 'pk_spent')
        OR c.oid IN (SELECT reltoastrelid FROM pg_class WHERE relname IN ('pools', 'spent'))"""
    with engine.connect() as connection:
        paths = [str(path) for (path,) in _scanned(connection, asked)]
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("CHECKPOINT"))
    data = postgres.folder / "data"
    return subprocess.run(
        ["/bin/cat", *(data / path for path in paths)], check=True, capture_output=True
    ).stdout


def test_postgres_files_hold_nothing_of_what_was_released(
    postgres: Postgres, postgres_url: str
) -> None:
    upgraded(postgres_url, OF_ANSWERS)
    engine = store(postgres_url, wait=10)
    texts = sent(engine, 20, mark="a")
    before = _files(postgres, engine)
    # The proof that the look is a true one: old versions of a pool do stand there in between.
    assert max(marks(before, texts)) > 1
    released(engine)
    after = _files(postgres, engine)
    assert sum(marks(after, texts)) == 0
    assert b"Tekst nummer a" not in after
    engine.dispose()


def test_what_was_spent_is_gone_from_the_files(engine: Engine, request: pytest.FixtureRequest,
                                                tmp_path: Path) -> None:  # fmt: skip
    sent(engine, 3)
    with Session(engine) as session:
        asked = text("SELECT hash FROM spent")
        hashes = [bytes(one) for one in session.scalars(asked)]
        over = COHORTS[NAME].redeem_until.replace(month=3)
        assert expire(session, COHORTS, over) == 3
        session.commit()
    tidy(engine)
    held = (
        _files(request.getfixturevalue("postgres"), engine)
        if _on_postgres(engine)
        else b"".join(path.read_bytes() for path in tmp_path.glob("test.db*"))
    )
    assert not [one for one in hashes if one in held]


def test_the_user_of_the_door_can_take_answers_and_delete_none(
    postgres: Postgres, postgres_url: str
) -> None:
    """With the rights that docs/answers.md gives."""
    upgraded(postgres_url, OF_ANSWERS)
    owner = store(postgres_url)
    rights = re.findall(r"^    (GRANT .*);$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert len(rights) == 2
    with owner.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS indblik_door"))
        for statement in ("CREATE ROLE indblik_door LOGIN", *rights):
            connection.execute(text(statement))
    door = store(postgres_url.replace("postgres@", "indblik_door@"))
    assert len(sent(door, 2)) == 2
    for table in ("spent", "pools"):
        with pytest.raises(ProgrammingError), door.begin() as connection:
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
    door.dispose()
    with owner.begin() as connection:
        connection.execute(text("DROP OWNED BY indblik_door"))
        connection.execute(text("DROP ROLE indblik_door"))
    owner.dispose()


def test_keys_have_no_order_of_their_own(engine: Engine) -> None:
    """Of each two answers that follow each other, about half stand the other way round."""
    texts = sent(engine, 200)
    with Session(engine) as session:
        set_out(session, COHORTS, TODAY)
        (batch,) = unfinished(session).values()
    place = {one.text: number for number, one in enumerate(batch.texts)}
    turned = sum(place[one] > place[other] for one, other in pairwise(texts))
    # 199 pairs, expected 99.5, deviation about 4: beyond 60 and 140 less than once in 10**20 runs.
    assert 60 < turned < 140
