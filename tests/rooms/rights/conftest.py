"""Settings and commands, as the tests of the command line have them, on tables made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.cli.database import rooms
from portal.cli.house import database, settings_or_stop
from portal.cli.keys import initialised
from portal.db import engine_for
from portal.settings import read
from tests.cli.conftest import environment, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

__all__ = ["run"]


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Settings for a database with tables, once of each kind."""
    engine = engine_for(database_url)
    rooms().metadata.create_all(engine)
    made = environment(database_url, tmp_path)
    initialised(engine, read(made).keks)
    engine.dispose()
    return made


@pytest.fixture
def engine(env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    with database(settings_or_stop()) as opened:
        yield opened
