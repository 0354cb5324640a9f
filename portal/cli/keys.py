"""Commands about the keys that lie wrapped in the database."""

from __future__ import annotations

import base64
import secrets
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.database import rooms
from portal.cli.house import CannotRun, database, settings_or_stop, vault_of
from portal.cli.rotation import Rotation
from portal.keys import actions
from portal.keys.queries import stored
from portal.keys.rules import ring_of, unwrapped
from portal.keys.words import RotationRefused
from portal.settings import KEY_BYTES
from portal.vault import KeysUnavailable, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from portal.keys.words import Stored
    from portal.settings import Key, Settings

PATIENCE = 60  # seconds for another writer: nobody waits for a page here
REST = {
    # As long as a session can last, and what was begun in it.
    Purpose.FORM: timedelta(hours=9),
    Purpose.SESSION: timedelta(hours=9),
    # As long as anything sealed may lie in a session, or in a request that is under way.
    Purpose.DATA: timedelta(hours=24),
}
WHAT = [*(str(purpose) for purpose in Purpose), "kek"]


@click.group()
def keys() -> None:
    """Make and replace the keys that lie wrapped in the database."""


@keys.command()
def kek() -> None:
    """Print a new key-encryption key, for INDBLIK_KEK. It is kept nowhere."""
    click.echo(f"k{clock.now():%Y%m%d}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}")


@keys.command()
def init() -> None:
    """Make a first key for each purpose that has none."""
    settings = settings_or_stop()
    with database(settings, PATIENCE) as engine:
        made = initialised(engine, settings.keks)
    click.echo(f"made: {', '.join(made) or 'none, all are there'}")


def initialised(engine: Engine, keks: tuple[Key, ...]) -> list[Purpose]:
    """Make the keys that are missing. Those that are there must open: CannotRun."""
    with Session(engine.execution_options(writes=True)) as session:
        try:
            for row in stored(session):
                unwrapped(row, keks)
            made = actions.initialise(session, keks[0], clock.now())
        except (KeysUnavailable, RotationRefused) as error:
            raise _stopped(error) from None
        session.commit()
    return made


@keys.command(name="list")
def list_() -> None:
    """Show the keys: their names and states, never what they are."""
    settings = settings_or_stop()
    with database(settings) as engine, Session(engine) as session:
        rows = stored(session)
    for row in rows:
        click.echo(_line(row, settings))
    try:
        ring_of(rows, settings.keks)
    except KeysUnavailable as error:
        raise _stopped(error) from None


def _line(row: Stored, settings: Settings) -> str:
    try:
        unwrapped(row, settings.keks)
    except KeysUnavailable:
        opens = "does not open"
    else:
        opens = "opens"
    since = f"{row.since:%Y-%m-%d %H:%M}"
    return f"{row.purpose:<8} {row.id:<4} {row.state:<8} since {since}  in {row.kek}: {opens}"


@keys.command()
@click.argument("what", type=click.Choice(WHAT))
@click.option("--leaked", is_flag=True, help="Destroy the key before at once (form, session).")
def rotate(what: str, *, leaked: bool) -> None:
    """Replace the key for WHAT while the portal serves. Killed, it goes on when run again.

    `kek` wraps all keys with the first key of INDBLIK_KEK.
    """
    settings = settings_or_stop()
    if leaked and what not in {Purpose.FORM, Purpose.SESSION}:
        message = (
            "--leaked is for form and session: the others destroy the key before by themselves"
        )
        raise CannotRun(message)
    with database(settings, PATIENCE) as engine, _in_plain_words():
        if what == "kek":
            _rewrapped(engine, settings.keks)
            return
        rotation = _rotation(engine, settings)
        rotation.replace(Purpose(what))
        if leaked:
            rotation.retire(Purpose(what), timedelta())


def _rewrapped(engine: Engine, keks: tuple[Key, ...]) -> None:
    with Session(engine.execution_options(writes=True)) as session:
        rows = actions.rewrap(session, keks)
        session.commit()
    click.echo(f"{len(rows)} keys wrapped anew; all are wrapped with {keks[0].id} now")


@keys.command()
def retire() -> None:
    """Destroy keys that have a successor and that nothing needs any more. To be run each night."""
    settings = settings_or_stop()
    with database(settings, PATIENCE) as engine, _in_plain_words():
        rotation = _rotation(engine, settings)
        for purpose, after in REST.items():
            rotation.retire(purpose, after)


def _rotation(engine: Engine, settings: Settings) -> Rotation:
    rooms()  # all of them: a column that is not seen is not sealed anew
    return Rotation(engine, vault_of(settings), settings.keks[0], settings.keys_fresh, click.echo)


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Say to the person at the terminal what stops a rotation: CannotRun."""
    try:
        yield
    except (KeysUnavailable, RotationRefused) as error:
        raise _stopped(error) from None


def _stopped(error: Exception) -> CannotRun:
    return CannotRun(f"{error}.".replace("..", "."))
