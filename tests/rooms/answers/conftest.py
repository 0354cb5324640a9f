from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.answers.models import Store
from portal.answers.queries import store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The door's database with its tables, once of each kind."""
    made = store(database_url, wait=10)
    Store.metadata.create_all(made)
    yield made
    made.dispose()
