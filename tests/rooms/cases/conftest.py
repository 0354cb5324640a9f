"""A database with the tables of the rooms and a few invented persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from portal.audit import models as _audit  # noqa: F401 - its tables are made, too
from portal.cases import models as _cases  # noqa: F401 - as above
from portal.db import Base, engine_for
from portal.identity.models import Person
from tests.rooms.cases.stories import day as day_number
from tests.rooms.cases.stories import noon
from tests.rooms.cases.strategies import PERSONS

if TYPE_CHECKING:
    from collections.abc import Iterator


def furnished(url: str) -> Engine:
    """An engine on a database that holds the tables and the persons of the stories."""
    engine = engine_for(url)
    Base.metadata.create_all(engine)
    people = [{"id": p, "created_at": noon(day_number(1)), "name_sealed": b"x"} for p in PERSONS]
    with engine.begin() as connection:
        connection.execute(insert(Person), people)
    return engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = furnished(database_url)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as opened:
        yield opened
