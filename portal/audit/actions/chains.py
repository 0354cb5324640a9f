"""The chains of one process: who writes has a chain in hand that nobody else writes to.

So entries wait for nobody, and no lock is needed in the database. A chain is put back when it is
known what became of its last entry: at the end of its transaction. When that is not known, as
after a connection that broke at the commit, the chain has ended, and another is begun.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, cast
from uuid import uuid4
from weakref import WeakSet

from sqlalchemy import event

from portal.audit.actions.anchors import Anchors
from portal.audit.rules import following, opening
from portal.audit.words import LogNotKept, Occasion
from portal.clock import day_of
from portal.vault import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection, Engine, ExceptionContext

    from portal.audit.words import Entry, Link
    from portal.settings import Key
    from portal.vault import Vault

OPTION = "audit_keeper"  # of an engine and its connections
HELD = "audit_held"  # of a database connection


@dataclass(slots=True)
class Chain:
    key: Key
    day: date
    tip: Link  # of what is committed
    ahead: Link  # of what has been sent


@dataclass(slots=True)
class Held:
    """The chains that a transaction writes to: more than one where it lasts past midnight."""

    chains: list[Chain] = field(default_factory=list)
    asked: bool = False  # for its commit
    lost: bool = False  # it is not known what was kept


class Keeper:
    """Keeps the log of what happens on an engine, in this process."""

    def __init__(self, engine: Engine, vault: Vault, folder: Path) -> None:
        self._vault = vault
        self.anchors = Anchors(folder)
        self.begin_anew()
        engine.update_execution_options(**{OPTION: self})
        Ends(self).listen(engine)
        KEEPERS.add(self)

    def begin_anew(self) -> None:
        """Forget all chains: they are another process's now."""
        self._lock = Lock()
        self._idle: list[Chain] = []
        self.anchors.begin_anew()

    def end(self) -> None:
        """Write down where the chains have ended."""
        with self._lock:
            self._idle.clear()
        self.anchors.write_due(Occasion.ENDED)

    @contextmanager
    def linking(self, connection: Connection, entry: Entry) -> Iterator[Link]:
        """The place for the entry. It is taken when the block ends well."""
        alone = connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"
        held = Held() if alone else connection.info.setdefault(HELD, Held())
        chain = self._chain(held, day_of(entry.at))
        link = following(chain.key, chain.ahead, entry)
        held.lost = True  # until the block has ended
        yield link
        held.lost, chain.ahead = False, link
        if alone:
            held.asked = True
            self.settle(held)

    def _chain(self, held: Held, day: date) -> Chain:
        """The chain in hand; or one that lies idle; or a new one."""
        key = self._vault.key(Purpose.AUDIT)
        for chain in held.chains:
            if (chain.day, chain.key.id) == (day, key.id):
                return chain
        chain = self._taken(key, day)
        held.chains.append(chain)
        return chain

    def _taken(self, key: Key, day: date) -> Chain:
        with self._lock:
            while self._idle:
                chain = self._idle.pop()
                if (chain.day, chain.key.id) == (day, key.id):
                    return chain  # the others are over: another day, or another key
        before = opening(key, uuid4())
        return Chain(key, day, before, before)

    def settle(self, held: Held) -> None:
        """Put the chains back, once it is known what was kept of them; else they have ended."""
        if held.lost:
            return
        for chain in held.chains:
            if held.asked and chain.ahead != chain.tip:
                first = chain.tip.number == 0
                chain.tip = chain.ahead
                self.anchors.grown(chain.key, chain.day, chain.tip, first=first)
            chain.ahead = chain.tip
        with self._lock:
            self._idle.extend(held.chains)


def keeper_of(connection: Connection) -> Keeper:
    """Who keeps the log of this connection. Raises LogNotKept."""
    keeper = connection.get_execution_options().get(OPTION)
    if keeper is None:
        raise LogNotKept
    return cast("Keeper", keeper)


KEEPERS: WeakSet[Keeper] = WeakSet()


def _after_fork() -> None:
    for keeper in tuple(KEEPERS):
        keeper.begin_anew()


os.register_at_fork(after_in_child=_after_fork)


class Ends:
    """Hears what becomes of transactions. A commit is told of before it is tried."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def listen(self, engine: Engine) -> None:
        event.listen(engine, "begin", self.over)
        event.listen(engine, "commit", self.commit)
        event.listen(engine, "rollback", self.rollback)
        event.listen(engine, "rollback_savepoint", self.back)
        event.listen(engine, "handle_error", self.error)
        event.listen(engine, "checkin", lambda _connection, entry: self._over(entry.info))
        event.listen(engine, "engine_disposed", lambda _engine: self._keeper.end())

    def over(self, connection: Connection) -> None:
        """The transaction before has ended."""
        self._over(_info(connection))

    def commit(self, connection: Connection) -> None:
        held = _info(connection).get(HELD)
        if held is not None:
            held.asked = True

    def rollback(self, connection: Connection) -> None:
        """Nothing of it is kept; but of a commit that went wrong nobody knows."""
        info = _info(connection)
        if HELD in info:
            info[HELD].lost |= info[HELD].asked
        self._over(info)

    def back(self, connection: Connection, *_savepoint: object) -> None:
        """A part of it is not kept: which entries were in that part is not counted."""
        held = _info(connection).get(HELD)
        if held is not None:
            held.lost = True

    def error(self, context: ExceptionContext) -> None:
        held = _info(context.connection).get(HELD) if context.connection is not None else None
        if held is not None:
            held.lost |= held.asked

    def _over(self, info: dict[str, Held]) -> None:
        held = info.pop(HELD, None)
        if held is not None:
            self._keeper.settle(held)


def _info(connection: Connection) -> dict[str, Held]:
    """What is kept with the database connection; nothing where that has broken."""
    if connection.closed or connection.invalidated:
        return {}
    return cast("dict[str, Held]", connection.info)
