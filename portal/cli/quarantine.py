"""Commands about rejected records: see why, correct, take in, give up."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import record
from portal.audit.words import Act, Actor, Entry
from portal.cli.house import CannotRun, database, settings_or_stop, vault_of
from portal.feed.words import Report, Result
from portal.quarantine import actions
from portal.quarantine.queries import kept_record, open_records
from portal.quarantine.words import Keeping, NotKept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.quarantine.words import Kept
    from portal.settings import Settings

SOME_REJECTED = 1


@click.group()
def quarantine() -> None:
    """Records that were rejected: list, show, replay, drop."""


@contextmanager
def _opened() -> Iterator[tuple[Settings, Engine, Session]]:
    """A session that is committed at the end. What is not kept is said: CannotRun."""
    settings = settings_or_stop()
    with database(settings) as engine:
        try:
            with Session(engine.execution_options(writes=True)) as session:
                yield settings, engine, session
                session.commit()
        except NotKept:
            message = "No open record has this id. `indblik cases quarantine list` lists them."
            raise CannotRun(message) from None


@quarantine.command("list")
@click.pass_context
def list_(context: click.Context) -> None:
    """List the open records, the newest first. Exit status: 0 none, 1 some."""
    with _opened() as (_, _, session):
        found = open_records(session)
    for kept in found:
        click.echo(f"{kept.id}  {kept.received_at:%Y-%m-%dT%H:%MZ}  {_named(kept)}  {_why(kept)}")
    click.echo(f"{len(found)} open")
    context.exit(SOME_REJECTED if found else 0)


def _named(kept: Kept) -> str:
    return " ".join(name or "-" for name in (kept.source, kept.subject, kept.event))


def _why(kept: Kept) -> str:
    return "; ".join(map(str, kept.reasons))


@quarantine.command()
@click.argument("kept", metavar="ID", type=click.UUID)
@click.option(
    "--record",
    "whole",
    is_flag=True,
    help="Print the record itself, which may hold CPR numbers. This is written down.",
)
def show(kept: UUID, *, whole: bool) -> None:
    """Show why a record was rejected; with --record what it says, for correcting it."""
    with _opened() as (settings, engine, session):
        if not whole:
            _tell(kept_record(session, kept))
            return
        text = actions.opened(session, vault_of(settings), kept)
        session.rollback()  # nothing was written; the log has a transaction of its own
        entry = Entry(clock.now(), Act.QUARANTINE_OPENED, Actor.OPERATOR, why=str(kept))
        with engine.begin() as connection:
            record(connection, entry)
    click.echo(text)  # bytes, as they came


def _tell(kept: Kept) -> None:
    for name, value in {
        "id": kept.id,
        "state": kept.state,
        "received": f"{kept.received_at:%Y-%m-%dT%H:%M:%SZ}",
        "came by": f"{kept.door}, place {kept.place}",
        "source": kept.source,
        "event": kept.event,
        "subject": kept.subject,
        "type": kept.type,
    }.items():
        click.echo(f"{name:<9} {value if value is not None else '-'}")
    for reason in kept.reasons:
        click.echo(f"{'reason':<9} {reason.code}: {reason}")


@quarantine.command()
@click.argument("kept", metavar="[ID]", type=click.UUID, required=False)
@click.option("--all", "every", is_flag=True, help="Every open record, the oldest first.")
@click.option(
    "--with",
    "corrected",
    type=click.File("rb"),
    help="Take the corrected record of this file (- for standard input) in its place.",
)
@click.pass_context
def replay(
    context: click.Context, kept: UUID | None, corrected: BinaryIO | None, *, every: bool
) -> None:
    """Take in a kept record anew, as it was or corrected. What is rejected again stays open.

    Exit status: 0 all taken in, 1 some rejected again, 2 could not run.
    """
    if every is (kept is not None) or (every and corrected is not None):
        message = "Name one record, with or without --with, or say --all."
        raise click.UsageError(message)
    text = corrected.read().strip() if corrected else None
    rejected = sum(_replayed(one, text) for one in ([kept] if kept else _all()))
    context.exit(SOME_REJECTED if rejected else 0)


def _all() -> list[UUID]:
    with _opened() as (_, _, session):
        return [kept.id for kept in reversed(open_records(session))]


def _replayed(kept: UUID, corrected: bytes | None) -> bool:
    """Take one in, in a transaction of its own; whether it was rejected again."""
    with _opened() as (settings, _, session):
        told: Report = actions.replay(session, vault_of(settings), kept, clock.now(), corrected)
    click.echo(f"{kept}  {told.result}" + "".join(f"; {reason}" for reason in told.reasons))
    return told.result is Result.REJECTED


@quarantine.command()
@click.argument("kept", metavar="ID", type=click.UUID)
def drop(kept: UUID) -> None:
    """Give a kept record up. What it said is forgotten."""
    with _opened() as (_, _, session):
        actions.drop(session, kept, clock.now())
    click.echo(f"{kept}  dropped")


@quarantine.command()
@click.option("--settled-days", type=click.IntRange(0), default=30, show_default=True,
              help="How long to keep why a settled record was rejected.")  # fmt: skip
@click.option("--open-days", type=click.IntRange(1), default=180, show_default=True,
              help="How long to keep a record that nobody settles, with what it says.")  # fmt: skip
def expire(settled_days: int, open_days: int) -> None:
    """Delete what has been kept long enough. Meant to run each night."""
    now = clock.now()
    with _opened() as (_, _, session):
        gone = actions.expire(
            session, now - timedelta(days=settled_days), now - timedelta(days=open_days)
        )
    settled = gone.total() - gone[Keeping.OPEN]
    click.echo(f"{settled} settled and {gone[Keeping.OPEN]} open records deleted")
