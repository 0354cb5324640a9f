"""Migrations lead to exactly what the models say, and back: of either store, on both databases."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

from portal.answers.models import Store
from portal.answers.queries import store
from portal.cli.database import MIGRATIONS, OF_ANSWERS, rooms
from portal.db import Base, engine_for
from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

ALONE = (
    "from portal.cli.database import rooms; print(*rooms().metadata.tables)"  # nothing else loaded
)


class Kept(NamedTuple):
    """A store: where its migrations are, what they lead to, and one of its tables."""

    migrations: Path
    metadata: MetaData
    table: str


STORES = {
    "portal": Kept(MIGRATIONS, rooms().metadata, "persons"),
    "answers": Kept(OF_ANSWERS, Store.metadata, "pools"),
}


@pytest.fixture(params=STORES)
def kept(request: pytest.FixtureRequest) -> Kept:
    return STORES[request.param]


@pytest.fixture
def config(kept: Kept, database_url: str) -> Config:
    return configured(kept.migrations, database_url)


@pytest.fixture
def engine(kept: Kept, database_url: str) -> Iterator[Engine]:
    engine = store(database_url) if kept is STORES["answers"] else engine_for(database_url)
    yield engine
    engine.dispose()


def configured(migrations: Path, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("sqlalchemy.url", url)
    return config


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    """What autogenerate would still change."""
    options = {"compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))


def test_the_newest_migration_equals_the_models(kept: Kept, config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    assert differences(engine, kept.metadata) == []


def test_a_column_without_a_migration_is_found(kept: Kept, config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {kept.table} ADD COLUMN planted INTEGER")
    assert differences(engine, kept.metadata) != []


def test_each_migration_can_be_taken_back(config: Config, engine: Engine) -> None:
    for step in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, step.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, step.revision)
    command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


@pytest.mark.parametrize("one", STORES.values(), ids=STORES)
def test_there_is_one_newest_migration(one: Kept) -> None:
    config = configured(one.migrations, "sqlite://")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_know_the_tables_of_every_room() -> None:
    """In a process of its own: here other tests have loaded the models already."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, check=True, capture_output=True, text=True
    )
    named = {
        line.split('"')[1]
        for models in (ROOT / "portal").rglob("models.py")
        for line in models.read_text("utf-8").splitlines()
        if "__tablename__ =" in line
    }
    assert set(done.stdout.split()) == named - set(Store.metadata.tables)
    assert len(named) > 20


def test_portal_and_door_share_no_table() -> None:
    assert not Store.metadata.tables.keys() & Base.metadata.tables.keys()


def test_sqlite_numbers_no_row(sqlite_url: str) -> None:
    """A number of the row would tell in which order rows came."""
    command.upgrade(configured(OF_ANSWERS, sqlite_url), "head")
    engine = store(sqlite_url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name, wr FROM pragma_table_list")).all()
    engine.dispose()
    assert {name for name, without in found if without} == {"pools", "spent"}
