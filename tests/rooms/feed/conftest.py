from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from portal.db import Base, engine_for
from portal.settings import Key
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from portal.vault import Vault


@pytest.fixture
def vault() -> Vault:
    return vault_with(Key("cpr", b"c" * 32), Key("data", b"d" * 32))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with tables, once of each kind."""
    made = engine_for(database_url)
    Base.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened
