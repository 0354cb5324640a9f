"""Taking in a feed file, a batch in a transaction: here, or by processes that work side by side."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import database, vault_of
from portal.cli.processes import as_many_as, pool
from portal.db import engine_for
from portal.quarantine.actions import take_in
from portal.quarantine.words import Door

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

    from sqlalchemy import Engine

    from portal.cli.lines import Batch
    from portal.feed.words import Report
    from portal.settings import Settings
    from portal.vault import Vault

    Taken = Callable[[Iterable[Batch]], Iterator[tuple[Batch, list[Report]]]]

PATIENCE = 60  # seconds for another writer: nobody waits for a page here
AHEAD = 8  # batches that are read ahead for each process
RESUME = "--resume goes on from there."


@contextmanager
def taker(settings: Settings, jobs: int, *, keep: bool) -> Iterator[Taken]:
    """What takes batches in, and gives each back in its order after it was committed."""
    if as_many_as(settings.database_url, jobs) == 1:
        with database(settings, PATIENCE) as engine:
            worker = Worker(engine, vault_of(settings), keep=keep)
            yield lambda batches: ((batch, worker.take_in(*_parts(batch))) for batch in batches)
        return
    with (
        database(settings),  # says in plain words what goes wrong with it in a process
        pool(jobs, lambda: _begin(settings, keep=keep), RESUME) as opened,
    ):
        yield lambda batches: _side_by_side(opened, iter(batches), jobs)


def _side_by_side(
    pool: ProcessPoolExecutor, batches: Iterator[Batch], jobs: int
) -> Iterator[tuple[Batch, list[Report]]]:
    """Each process works on its own part of what was read ahead.

    Neighbours often tell of the same case or person, and would wait for each other's commit.
    """
    while ahead := list(islice(batches, jobs * AHEAD)):
        part = -(-len(ahead) // jobs)
        turns = [place for step in range(part) for place in range(step, len(ahead), part)]
        told = {place: pool.submit(_take_in, *_parts(ahead[place])) for place in turns}
        for place, batch in enumerate(ahead):
            yield batch, told[place].result()


def _parts(batch: Batch) -> tuple[list[int], list[bytes]]:
    """The numbers and the texts of its lines: plain values go to a process at little cost."""
    return [line.number for line in batch.lines], [line.text for line in batch.lines]


class Worker:
    """Takes in batches on one engine."""

    def __init__(self, engine: Engine, vault: Vault, *, keep: bool) -> None:
        self._engine = engine.execution_options(writes=True)
        self._vault = vault
        self._keep = keep

    def take_in(self, numbers: Sequence[int], texts: Sequence[bytes]) -> list[Report]:
        """What became of each line; what was taken in is committed."""
        with _uncollected(), Session(self._engine) as session:
            reports = take_in(session, self._vault, texts, clock.now(), Door.FILE, numbers)
            if self._keep:
                session.commit()
        return reports


@contextmanager
def _uncollected() -> Iterator[None]:
    """A batch is many small values without a ring: to look for rings is a tenth of the work."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


# --- In a process of the pool.

_worker: Worker


def _begin(settings: Settings, *, keep: bool) -> None:
    global _worker  # noqa: PLW0603 - a process has one
    _worker = Worker(engine_for(settings.database_url, PATIENCE), vault_of(settings), keep=keep)


def _take_in(numbers: Sequence[int], texts: Sequence[bytes]) -> list[Report]:
    return _worker.take_in(numbers, texts)
