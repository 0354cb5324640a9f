"""The nightly command that deletes what has been kept long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import record
from portal.audit.words import Act, Actor, Entry
from portal.cli.house import database, settings_or_stop
from portal.rights.actions.keeping import expire
from portal.rights.queries.keeping import kinds

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

    from portal.rights.words import Kept

WAIT_SECONDS = 60  # for one statement or lock: nobody waits for a page here


@click.group()
def retention() -> None:
    """How long each kind of data is kept: portal/rights/retention.toml."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Say what would be deleted, and delete nothing.")
def run(*, dry_run: bool) -> None:
    """Delete what has been kept long enough, kind by kind. Meant to run each night.

    It may be broken off and started again at any time. Exit status: 0 done, 2 could not run.
    """
    now = clock.now()
    with database(settings_or_stop(), WAIT_SECONDS) as engine:
        for kept in kinds():
            if kept.by.startswith("indblik "):
                click.echo(f"{kept.kind:<20} {kept.by}")
                continue
            count = would_go(engine, kept, now) if dry_run else gone(engine, kept, now)
            click.echo(f"{kept.kind:<20} {count} {'would be ' if dry_run else ''}deleted")


def gone(engine: Engine, kept: Kept, now: datetime) -> int:
    """Delete one kind, a transaction for each batch; how many. The log tells it with each."""
    total = 0
    while count := _batch(engine, kept, now):
        total += count
    return total


def _batch(engine: Engine, kept: Kept, now: datetime) -> int:
    with Session(engine.execution_options(writes=True)) as session:
        count = expire(session, kept, now)
        if count:
            why = f"{kept.kind} {count}"
            record(session.connection(), Entry(now, Act.RETENTION_RAN, Actor.OPERATOR, why=why))
        session.commit()
    return count


def would_go(engine: Engine, kept: Kept, now: datetime) -> int:
    """How many would go today: they are deleted in a transaction that is taken back.

    What would go only because another kind went before it is not counted.
    """
    total = 0
    with Session(engine.execution_options(writes=True)) as session:
        while count := expire(session, kept, now):
            total += count
        session.rollback()
    return total
