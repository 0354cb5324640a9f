"""The life of a key: made, current, old, gone."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.identity.models import Person
from portal.keys.models import VaultKey
from portal.keys.queries import stored
from portal.keys.rules import next_id, unwrapped, wrapped
from portal.keys.words import RotationRefused, State
from portal.settings import KEY_BYTES, Key
from portal.vault import Purpose, slot_of

SEALED = Person.cpr_sealed.is_not(None)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from portal.keys.words import Stored


def initialise(session: Session, kek: Key, now: datetime) -> list[Purpose]:
    """Make a first key for each purpose that has none; which purposes they are for.

    Of two that do so at once one makes them. Raises RotationRefused where a lost key is meant.
    """
    have = {row.purpose for row in stored(session)}
    lost = sorted({Purpose.LOOKUP, Purpose.DATA} - have)
    if lost and session.scalar(select(Person.id).where(SEALED).limit(1)) is not None:
        message = (
            f"the {' and '.join(lost)} key is lost, and there are people whose data it made: with "
            "another one nobody would find or open them. Nothing was made; put back the table "
            "vault_keys from a backup (docs/keys.md)"
        )
        raise RotationRefused(message)
    return [
        purpose
        for purpose in Purpose
        if purpose not in have and _insert(session, kek, purpose, _fresh("1"), State.CURRENT, now)
    ]


def _fresh(name: str) -> Key:
    return Key(name, secrets.token_bytes(KEY_BYTES))


def add(session: Session, kek: Key, purpose: Purpose, now: datetime) -> str:
    """Make a key that is to become the current one; its name. Raises RotationRefused."""
    rows = stored(session, purpose)
    if not any(row.state is State.CURRENT for row in rows):
        message = f"there is no {purpose} key to be replaced: run `indblik keys init`"
        raise RotationRefused(message)
    name = next_id(row.id for row in rows)
    if slot_of(name) in {slot_of(row.id) for row in rows}:  # two keys' values never stand together
        name = str(int(name) + 1)
    if not _insert(session, kek, purpose, _fresh(name), State.COMING, now):
        message = f"somebody else has just begun to replace the {purpose} key"
        raise RotationRefused(message)
    return name


def _insert(  # noqa: PLR0913, PLR0917 - a row, and where it goes
    session: Session, kek: Key, purpose: Purpose, key: Key, state: State, now: datetime
) -> bool:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    row = {
        "purpose": purpose,
        "id": key.id,
        "wrapped": wrapped(kek, purpose, key),
        "kek": kek.id,
        "state": state,
        "made_at": now,
        "since": now,
    }
    statement = dialect.insert(VaultKey).values(row).on_conflict_do_nothing()
    return session.scalar(statement.returning(VaultKey.id)) is not None


def promote(session: Session, purpose: Purpose, before: State, now: datetime) -> None:
    """Make the coming key the current one, and put the one before it into this state."""
    _move(session, purpose, State.CURRENT, before, now)
    _move(session, purpose, State.COMING, State.CURRENT, now)


def _move(session: Session, purpose: Purpose, start: State, end: State, now: datetime) -> None:
    moved = session.scalars(
        update(VaultKey)
        .where(VaultKey.purpose == purpose, VaultKey.state == start)
        .values(state=end, since=now)
        .returning(VaultKey.id)
    ).all()
    if len(moved) != 1:  # another process has taken the same step: this one is not committed
        message = f"the {purpose} keys were changed by somebody else meanwhile: run it again"
        raise RotationRefused(message)


def rest(session: Session, row: Stored, now: datetime) -> None:
    """Keep an old key only for what cannot be written anew."""
    _put(session, row, State.RESTING, now)


def leave(session: Session, row: Stored, now: datetime) -> None:
    """Let nobody load an old key any more."""
    _put(session, row, State.LEAVING, now)


def _put(session: Session, row: Stored, state: State, now: datetime) -> None:
    session.execute(
        update(VaultKey)
        .where(VaultKey.purpose == row.purpose, VaultKey.id == row.id, VaultKey.state == row.state)
        .values(state=state, since=now)
    )


def remove(session: Session, row: Stored) -> None:
    """Destroy a key. Raises RotationRefused for the current one."""
    if row.state in {State.CURRENT, State.COMING}:
        message = f"the {row.purpose} key {row.id} is in use"
        raise RotationRefused(message)
    session.execute(delete(VaultKey).where(VaultKey.purpose == row.purpose, VaultKey.id == row.id))


def rewrap(session: Session, keks: Sequence[Key]) -> Collection[Stored]:
    """Wrap all keys with the current key-encryption key; those that were wrapped with another.

    Raises KeysUnavailable, and then nothing was changed.
    """
    current = keks[0]
    session.execute(select(VaultKey.id).with_for_update())
    opened = [(row, unwrapped(row, keks)) for row in stored(session)]
    rows = [row for row, _ in opened if row.kek != current.id]
    fresh = [wrapped(current, row.purpose, key) for row, key in opened if row in rows]
    for row, body in zip(rows, fresh, strict=True):
        session.execute(
            update(VaultKey)
            .where(VaultKey.purpose == row.purpose, VaultKey.id == row.id)
            .values(wrapped=body, kek=current.id)
        )
    return rows
