from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from sqlalchemy import insert

from portal.cases import models as _cases  # noqa: F401 - its tables are made, too
from portal.identity.models import Person
from portal.participation import models as _participation  # noqa: F401 - as above
from tests.rooms.cases.stories import noon
from tests.rooms.feed.conftest import engine, session, vault
from tests.rooms.participation.decisions import TODAY, decide, prepared

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.vault import Vault

__all__ = ["engine", "session", "vault"]

KAREN, BENT = UUID(int=1), UUID(int=2)


@pytest.fixture
def cases(engine: Engine, vault: Vault) -> list[UUID]:
    """Two cases decided today, two persons, and a key: enough was decided in the last quarter."""
    with engine.begin() as connection:
        people = [{"id": person, "created_at": noon(TODAY)} for person in (KAREN, BENT)]
        connection.execute(insert(Person), people)
    decide(engine, "aids", 50)
    found = decide(engine, "aids", 2, TODAY)
    prepared(engine, vault)
    return found
