"""One number is one person, also while processes know different keys for look-up values."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cli.database import rooms
from portal.db import engine_for
from portal.identity.actions import persons_with_cprs
from portal.identity.models import Person
from portal.settings import Key
from portal.vault import Purpose, Vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Engine

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NUMBERS = [f"610190{number:04}" for number in range(60)]
# What processes know while a key is replaced, in the order in which it happens: at any moment
# two of them know neighbours in this list, at most.
KNOWN = (("1",), ("1", "2"), ("2", "1"), ("2",), ("2", "3"), ("3", "2"), ("3",))


def vault(*names: str) -> Vault:
    keys = tuple(Key(name, name.encode() * 32) for name in names)
    ring = dict.fromkeys(Purpose, (Key("d", b"d" * 32),)) | {Purpose.LOOKUP: keys}
    return Vault(lambda: ring, 30)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = engine_for(database_url, 30)
    rooms().metadata.create_all(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("known", [*pairwise(KNOWN)], ids=str)
def test_two_processes_that_know_different_keys_make_one_person_of_a_number(
    engine: Engine, known: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    barrier = threading.Barrier(4)
    found: list[dict[str, UUID]] = []
    dice = random.Random(7)  # noqa: S311 - no secret

    def write(names: tuple[str, ...]) -> None:
        numbers = dice.sample(NUMBERS, len(NUMBERS))
        barrier.wait()
        for start in range(0, len(numbers), 20):
            part = dict.fromkeys(numbers[start : start + 20], "Name")
            with Session(engine.execution_options(writes=True)) as session:
                found.append(persons_with_cprs(session, vault(*names), part, NOW))
                session.commit()

    writers = [threading.Thread(target=write, args=(names,)) for names in known * 2]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    by_number = {number: {part[number] for part in found if number in part} for number in NUMBERS}
    assert all(len(persons) == 1 for persons in by_number.values())
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Person)) == len(NUMBERS)
