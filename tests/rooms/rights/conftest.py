"""Settings and commands, as the tests of the command line have them, on tables made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.cli.database import rooms
from portal.db import engine_for
from tests.cli.conftest import environment, run

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["run"]


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    """Settings for a database with tables, once of each kind."""
    engine = engine_for(database_url)
    rooms().metadata.create_all(engine)
    engine.dispose()
    return environment(database_url, tmp_path)
