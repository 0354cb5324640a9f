"""Look-up values of CPR numbers by a coming key, and the end of those by an old one."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.feed.rules import LINE_BYTES
from portal.identity.models import LOOKUP_BYTES, Person
from portal.identity.queries import PLACES
from portal.identity.rules import about_cpr
from portal.keys.actions.resealing import BATCH, BREATH
from portal.keys.words import Resealed
from portal.quarantine.models import Quarantined
from portal.quarantine.rules import BYTES, about_record
from portal.vault import CprError, SealError, slot_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Engine, Row

    from portal.vault import Vault

NAME = "persons.cpr_lookup"


def write_lookups(engine: Engine, vault: Vault, key_id: str) -> Resealed:
    """Give each person that lacks it the look-up value by this key, which all processes know."""
    slot, done, unreadable = slot_of(key_id), 0, 0
    after: UUID | None = None
    while rows := _lacking(engine, slot, after):
        values = {row.id: _value(vault, slot, row) for row in rows}
        written = _written(engine, slot, {key: value for key, value in values.items() if value})
        done += len(written)
        unreadable += sum(value is None for value in values.values())
        time.sleep(BREATH)
        after = rows[-1].id
    return Resealed(NAME, done, unreadable, lacking(engine, key_id) - unreadable)


def _lacking(engine: Engine, slot: int, after: UUID | None) -> Sequence[Row[UUID, bytes | None]]:
    statement = select(Person.id, Person.cpr_sealed).where(_without(slot))
    if after is not None:
        statement = statement.where(Person.id > after)
    with Session(engine) as session:
        return session.execute(statement.order_by(Person.id).limit(BATCH)).all()


def _without(slot: int) -> ColumnElement[bool]:
    return PLACES[slot].is_(None) & Person.cpr_sealed.is_not(None)


def _value(vault: Vault, slot: int, row: Row[UUID, bytes | None]) -> bytes | None:
    try:
        number = vault.open(row.cpr_sealed or b"", about_cpr(row.id))
        return dict(vault.placed_lookups(number))[slot]
    except (SealError, CprError):
        return None


def _written(engine: Engine, slot: int, values: Mapping[UUID, bytes]) -> list[UUID]:
    """Write these values; whose are there now. Not where another person has the value already."""
    done = []
    free = select(Person.id).where(Person.id.in_(values), PLACES[slot].is_(None))
    with Session(engine.execution_options(writes=True)) as session:
        found = free.order_by(Person.id).with_for_update(skip_locked=True)
        for key in session.scalars(found).all():
            statement = update(Person).where(Person.id == key).values({PLACES[slot]: values[key]})
            try:
                with session.begin_nested():
                    session.execute(statement)
            except IntegrityError:
                continue
            done.append(key)
        session.commit()
    return done


def lacking(engine: Engine, key_id: str) -> int:
    """How many persons with a CPR number cannot be found by this key."""
    with Session(engine) as session:
        statement = select(func.count()).select_from(Person).where(_without(slot_of(key_id)))
        return session.scalar(statement) or 0


def clear_lookups(engine: Engine, key_id: str) -> int:
    """Remove what a key that has left has made; how many persons had a value by it.

    A person that cannot be found by any other key keeps it: nobody is lost.
    """
    slot, gone, after = slot_of(key_id), 0, None
    while True:
        with Session(engine.execution_options(writes=True)) as session:
            old = PLACES[slot].is_not(None) & PLACES[1 - slot].is_not(None)
            statement = select(Person.id).where(old)
            if after is not None:
                statement = statement.where(Person.id > after)
            found: Sequence[UUID] = session.scalars(
                statement.order_by(Person.id).limit(BATCH).with_for_update(skip_locked=True)
            ).all()
            if not found:
                return gone
            session.execute(update(Person).where(Person.id.in_(found)).values({PLACES[slot]: None}))
            session.commit()
        time.sleep(BREATH)
        gone, after = gone + len(found), found[-1]


def still_placed(engine: Engine, key_id: str) -> int:
    """How many persons still have a value by this key."""
    with Session(engine) as session:
        there = PLACES[slot_of(key_id)].is_not(None)
        return session.scalar(select(func.count()).select_from(Person).where(there)) or 0


def renew_fingerprints(engine: Engine, vault: Vault) -> int:
    """Tell kept records apart by the current key; how many rows were changed.

    What a settled one said is gone, and of a cut one the end: nothing can be made of it but a
    value that fits no record. It is kept once more, then, should it be told again.
    """
    changed, after = 0, None
    while True:
        with Session(engine.execution_options(writes=True)) as session:
            statement = select(Quarantined.id, Quarantined.sealed, Quarantined.fingerprint)
            if after is not None:
                statement = statement.where(Quarantined.id > after)
            rows = session.execute(statement.order_by(Quarantined.id).limit(BATCH)).all()
            if not rows:
                return changed
            for row in rows:
                changed += _told_apart(session, vault, row)
            session.commit()
        time.sleep(BREATH)
        after = rows[-1].id


def _told_apart(session: Session, vault: Vault, row: Row[UUID, bytes | None, bytes]) -> bool:
    fresh = _fingerprint(vault, row.id, row.sealed)
    if fresh == row.fingerprint:
        return False
    for value in (fresh, None):
        try:
            with session.begin_nested():
                session.execute(
                    update(Quarantined)
                    .where(Quarantined.id == row.id)
                    .values(fingerprint=value or secrets.token_bytes(LOOKUP_BYTES))
                )
        except IntegrityError:  # the same record was told again meanwhile, and kept
            continue
        return True
    return False


def _fingerprint(vault: Vault, kept: UUID, sealed: bytes | None) -> bytes | None:
    if sealed is None:
        return None
    try:
        record = vault.open(sealed, about_record(kept)).encode(BYTES)
    except SealError:
        return None
    return vault.fingerprint(record) if len(record) < LINE_BYTES else None
