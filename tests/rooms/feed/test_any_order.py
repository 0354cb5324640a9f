from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.db import Base, engine_for
from portal.feed.actions import accept
from portal.identity.models import Person
from portal.settings import Key
from tests.cast import feed
from tests.rooms.feed.examples import NOW
from tests.vaults import vault_with

if TYPE_CHECKING:
    from collections.abc import Sequence


def everything(session: Session) -> dict[tuple[str, str], object]:
    rows = session.execute(select(Case.source, Case.subject, Case.state))
    return {(row.source, row.subject): row.state for row in rows}


def _loaded(*batches: Sequence[bytes]) -> dict[tuple[str, str], object]:
    """The cases after these batches, with persons by a number that no order changes."""
    vault = vault_with(Key("cpr", b"c" * 32), Key("data", b"d" * 32))
    engine = engine_for("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        for batch in batches:
            accept(session, vault, batch, NOW)
        stored = json.dumps([[*key, kept] for key, kept in sorted(everything(session).items())])
        ids = session.scalars(select(Person.id).order_by(Person.cpr_lookup))
        for number, person in enumerate(ids):
            stored = stored.replace(str(person), f"person {number}")
    engine.dispose()
    found: dict[tuple[str, str], object] = {(s, c): kept for s, c, kept in json.loads(stored)}
    return found


@pytest.fixture(scope="module")
def in_order() -> dict[tuple[str, str], object]:
    return _loaded(feed(NOW))


@settings(max_examples=15, deadline=None)
@given(shuffled=st.permutations(feed(NOW)), cut=st.integers(0, 435), doubled=st.integers(0, 435))
def test_any_order_ends_in_the_same_cases(
    in_order: dict[tuple[str, str], object], shuffled: list[bytes], cut: int, doubled: int
) -> None:
    assert _loaded(shuffled[:cut], shuffled[doubled:], shuffled) == in_order
