"""A key replaced by the next one, beside the traffic: each step is kept, and none is taken twice.

What a process writes must be found and opened by every other, so a key is first made known to
all, then used; and an old one is first used by nobody, then forgotten. Between two steps lies the
time in which every process reads its keys anew. Killed at any moment, it goes on from there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from portal import clock
from portal.keys import actions
from portal.keys.queries import stored
from portal.keys.rules import seconds_left, under_way
from portal.keys.words import Resealed, RotationRefused, State
from portal.vault import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from sqlalchemy import Engine

    from portal.keys.words import Stored
    from portal.settings import Key
    from portal.vault import Vault

TURNS = 3  # how often what was read before must have become too old: longer than any request
PASSES = 20  # over the rows that somebody held each time
PAUSE = 1  # seconds between two of them

# What the key before becomes, when there is a next one.
BEFORE = {
    Purpose.LOOKUP: State.OLD,
    Purpose.DATA: State.OLD,
    Purpose.FORM: State.RESTING,
    Purpose.SESSION: State.RESTING,
    Purpose.AUDIT: State.RESTING,
}


@dataclass(frozen=True, slots=True)
class Rotation:
    """Whose keys, and who is told what is done."""

    engine: Engine
    vault: Vault
    kek: Key
    fresh: float  # seconds after which a process reads its keys again
    say: Callable[[str], None]

    def keys(self, purpose: Purpose, state: State | None = None) -> list[Stored]:
        with Session(self.engine) as session:
            return [row for row in stored(session, purpose) if state in {None, row.state}]

    def replace(self, purpose: Purpose) -> None:
        """Replace the key for this purpose, or go on with what was begun. RotationRefused."""
        self.vault.known(purpose)  # all keys open, or nothing is begun
        if not under_way(self.keys(purpose)):
            with self._written() as session:
                name = actions.add(session, self.kek, purpose, clock.now())
                session.commit()
            self.say(f"{purpose}: key {name} is made")
        for row in self.keys(purpose, State.COMING):
            self._brought_in(row)
        for row in self.keys(purpose, State.OLD):
            self._written_anew(row)
        for row in self.keys(purpose, State.LEAVING):
            self._forgotten(row)
        current = self.keys(purpose, State.CURRENT)[0]
        self.say(f"{purpose}: key {current.id} is the current one")

    def _written(self) -> Session:
        return Session(self.engine.execution_options(writes=True))

    def _settle(self, row: Stored) -> None:
        left = seconds_left(row, TURNS * self.fresh, clock.now())
        if left:
            self.say(f"{row.purpose}: {left:.0f} s until every process knows of it")
            time.sleep(left)

    def _brought_in(self, row: Stored) -> None:
        self._settle(row)
        if row.purpose is Purpose.LOOKUP:
            self._until_done(lambda: actions.write_lookups(self.engine, self.vault, row.id))
        with self._written() as session:
            actions.promote(session, row.purpose, BEFORE[row.purpose], clock.now())
            session.commit()

    def _written_anew(self, row: Stored) -> None:
        self._settle(row)
        if row.purpose is Purpose.DATA:
            self._resealed()
        else:
            current = self.keys(row.purpose, State.CURRENT)[0]
            self._until_done(lambda: actions.write_lookups(self.engine, self.vault, current.id))
            changed = actions.renew_fingerprints(self.engine, self.vault)
            self.say(f"quarantine.fingerprint: {changed} written anew")
        end = actions.rest if row.purpose is Purpose.DATA else actions.leave
        with self._written() as session:
            end(session, row, clock.now())
            session.commit()

    def _resealed(self) -> None:
        for one in actions.sealed_columns():
            self._until_done(lambda one=one: actions.reseal(self.engine, self.vault, one))  # type: ignore[misc]  # bound at once

    def _until_done(self, step: Callable[[], Resealed]) -> None:
        done = 0
        for _ in range(PASSES):
            told = step()
            done += told.done
            if told.unreadable:
                self.say(f"{told.column}: {done} written anew")
                message = (
                    f"{told.unreadable} rows of {told.column} cannot be written anew: they open "
                    "with no key at hand, or two are the same person. Nothing was removed; the "
                    "old key stays. docs/keys.md says what to do."
                )
                raise RotationRefused(message)
            if not told.busy:
                self.say(f"{told.column}: {done} written anew")
                return
            time.sleep(PAUSE)
        message = f"{told.busy} rows of {told.column} were held by somebody all the time"
        raise RotationRefused(message)

    def _forgotten(self, row: Stored) -> None:
        """Remove what an old look-up key has made, and the key."""
        self._settle(row)
        current = self.keys(row.purpose, State.CURRENT)[0]
        for _ in range(PASSES):
            self._until_done(lambda: actions.write_lookups(self.engine, self.vault, current.id))
            actions.clear_lookups(self.engine, row.id)
            if not actions.still_placed(self.engine, row.id):
                break
            time.sleep(PAUSE)
        else:
            message = "look-up values of the old key are still there: run it again"
            raise RotationRefused(message)
        self.removed(row)

    def removed(self, row: Stored) -> None:
        """Destroy this key."""
        with self._written() as session:
            actions.remove(session, row)
            session.commit()
        self.say(f"{row.purpose}: key {row.id} is destroyed")

    def retire(self, purpose: Purpose, after: timedelta) -> None:
        """Destroy keys that have rested for so long, if nothing needs them any more."""
        now = clock.now()
        for row in self.keys(purpose, State.RESTING):
            if now - row.since < after:
                continue
            if purpose is Purpose.DATA:
                self._resealed()
            self.removed(row)
