"""What every command needs of the house, and how a command says that it cannot be had."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from portal.audit.actions import keep
from portal.db import WAIT_SECONDS, engine_for
from portal.keys.queries import vault_of as kept_vault
from portal.settings import SettingsError, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Engine

    from portal.settings import Settings
    from portal.vault import Vault

NO_TABLE = ("no such table", "UndefinedTable", "no such column", "UndefinedColumn")


@dataclass(frozen=True, slots=True)
class Place:
    """One of the databases: the setting that names it, and what is told when it cannot be had."""

    setting: str
    upgrade: str  # the command that makes its tables
    engine: Callable[[str, int], Engine]


PORTAL = Place("INDBLIK_DATABASE_URL", "indblik db upgrade", engine_for)


class CannotRun(click.ClickException):
    """The command could not do its work; the message is for the person at the terminal."""

    exit_code = 2


def settings_or_stop() -> Settings:
    """The settings. Raises CannotRun naming the one that is missing or wrong."""
    try:
        return read(os.environ)
    except SettingsError as error:
        message = f"{error}. docs/settings.md lists all settings."
        raise CannotRun(message) from None


def vault_of(settings: Settings) -> Vault:
    """The vault of these settings."""
    return kept_vault(settings)


@contextmanager
def database(settings: Settings, wait: int = WAIT_SECONDS) -> Iterator[Engine]:
    """The portal's database, which is waited for so many seconds at a time.

    What goes wrong with it inside is said in plain words: CannotRun.
    """
    with opened(PORTAL, settings.database_url, wait) as engine:
        keep(engine, vault_of(settings), settings.data_dir)
        yield engine


@contextmanager
def opened(place: Place, url: str, wait: int = WAIT_SECONDS) -> Iterator[Engine]:
    """One of the databases, in the same way."""
    try:
        engine = place.engine(url, wait)
    except (SQLAlchemyError, ModuleNotFoundError, ValueError):
        message = f"{place.setting} is not an address of a database that is supported."
        raise CannotRun(message) from None
    try:
        yield engine
    except SQLAlchemyError as error:
        raise CannotRun(_said(error, place)) from None
    finally:
        engine.dispose()


def _said(error: SQLAlchemyError, place: Place) -> str:
    """What went wrong; never the statement or its values."""
    cause = getattr(error, "orig", None)
    kind = type(cause or error).__name__
    # SQLite has one kind of error for all; its text then names a table, a lock or a file.
    text = f"{kind} {cause}" if kind == "OperationalError" else kind
    if any(sign in text for sign in NO_TABLE):
        return f"The tables are missing or old. Run `{place.upgrade}`."
    if "locked" in text or kind in {"LockNotAvailable", "QueryCanceled", "DeadlockDetected"}:
        return "The database is locked by somebody else. Try again; what was counted is kept."
    if isinstance(error, (OperationalError, InterfaceError)):
        return f"The database does not answer. Is it running, and is {place.setting} right?"
    return f"The database refused: {kind}."
