"""The same guard for the answer door's database: migrations equal models, on both kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from portal.answers.models import Store
from portal.answers.queries import store
from portal.db import Base
from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@pytest.fixture
def config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations" / "answers"))
    config.set_main_option("sqlalchemy.url", database_url)
    return config


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = store(database_url)
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    """What autogenerate would still change."""
    options = {"compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Store.metadata))


def test_the_newest_migration_equals_the_models(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    assert differences(engine) == []


def test_a_column_without_a_migration_is_found(config: Config, engine: Engine) -> None:
    command.upgrade(config, "head")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE pools ADD COLUMN planted INTEGER")
    assert differences(engine) != []


def test_each_migration_can_be_taken_back(config: Config, engine: Engine) -> None:
    for step in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, step.revision)
        command.downgrade(config, "-1")
        command.upgrade(config, step.revision)
    command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]


def test_there_is_one_newest_migration(config: Config) -> None:
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_portal_and_door_share_no_table() -> None:
    assert not Store.metadata.tables.keys() & Base.metadata.tables.keys()


def test_sqlite_numbers_no_row(sqlite_url: str) -> None:
    """A number of the row would tell in which order rows came."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations" / "answers"))
    config.set_main_option("sqlalchemy.url", sqlite_url)
    command.upgrade(config, "head")
    engine = store(sqlite_url)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT name, wr FROM pragma_table_list")).all()
    engine.dispose()
    assert {name for name, without in kept if without} == {"pools", "spent"}
