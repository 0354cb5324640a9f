"""Reads of keys, and of how much is still sealed with an old one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.db import engine_for
from portal.keys.models import VaultKey
from portal.keys.rules import ring_of
from portal.keys.words import State, Stored
from portal.vault import KeysUnavailable, Purpose, Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from portal.settings import Key, Settings
    from portal.vault import Ring

LOG = logging.getLogger("indblik.keys")


def stored(session: Session, purpose: Purpose | None = None) -> list[Stored]:
    """The keys, of this purpose or of all, in the order in which they were made."""
    statement = select(VaultKey).order_by(VaultKey.purpose, VaultKey.made_at, VaultKey.id)
    if purpose is not None:
        statement = statement.where(VaultKey.purpose == purpose)
    return [
        Stored(
            Purpose(row.purpose), row.id, row.wrapped, row.kek, State(row.state), row.made_at,
            row.since,
        )
        for row in session.scalars(statement.execution_options(populate_existing=True))
    ]  # fmt: skip


def reader(url: str, keks: Sequence[Key]) -> Callable[[], Ring]:
    """What reads the keys of a database; it raises KeysUnavailable, and says so in the log.

    It has an engine of its own that holds no connection: a process may fork between two reads,
    and a request that waits for the keys holds nothing else.
    """
    engine = engine_for(url)

    def read() -> Ring:
        try:
            with Session(engine) as session:
                rows = stored(session)
            return ring_of(rows, keks)
        except KeysUnavailable as error:
            LOG.critical("the keys cannot be used: %s", error)
            raise
        except (SQLAlchemyError, ValueError) as error:
            LOG.critical("the keys cannot be read: %s", type(error).__name__)
            message = "the database with the keys does not answer, or has no table of keys"
            raise KeysUnavailable(message) from None
        finally:
            engine.dispose()

    return read


def vault_of(settings: Settings) -> Vault:
    """The vault whose keys lie in the database of these settings."""
    return Vault(reader(settings.database_url, settings.keks), settings.keys_fresh)
