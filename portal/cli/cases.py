"""Commands about cases."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.actions import refold_many
from portal.cases.queries import ids_after
from portal.cli.house import database, settings_or_stop
from portal.cli.importing import PATIENCE
from portal.cli.imports import import_
from portal.cli.quarantine import quarantine
from portal.cli.reconcile import reconcile
from portal.feed.queries import gaps_of, statuses

CASES = 200  # in one transaction
SOME_WRONG = 1


@click.group()
def cases() -> None:
    """Load cases from a feed file, and fold them anew."""


cases.add_command(import_)
cases.add_command(quarantine)
cases.add_command(reconcile)


@cases.command()
@click.pass_context
def sources(context: click.Context) -> None:
    """List who tells of cases, when each was last heard, and which numbers it has not told.

    Exit status: 0 all well, 1 somebody is silent or numbers are missing.
    """
    settings = settings_or_stop()
    wrong = False
    with database(settings) as engine, Session(engine) as session:
        for one in statuses(session, clock.now()):
            gaps = gaps_of(session, one)
            wrong = wrong or one.silent or bool(gaps)
            click.echo(f"{one.source}  heard {one.heard_at:%Y-%m-%dT%H:%MZ}"
                       + ("  silent" if one.silent else "")
                       + (f"  up to {one.sequence}" if one.sequence is not None else "")
                       + "".join(f"  missing {gap.first}-{gap.last}" for gap in gaps))  # fmt: skip
    context.exit(SOME_WRONG if wrong else 0)


@cases.command()
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Fold every case anew from its events, after the rules have changed.

    Exit status: 0 all well, 1 some events cannot be read; their cases are shown without them.
    """
    settings = settings_or_stop()
    count, unreadable = 0, 0
    with database(settings, PATIENCE) as engine:
        after = None
        while True:
            with Session(engine.execution_options(writes=True)) as session:
                ids = ids_after(session, after, CASES)
                broken = refold_many(session, ids, clock.now())
                session.commit()
            if not ids:
                break
            for event in broken:
                click.echo(f"cannot be read: event {event.id} of {event.source}")
            after, count, unreadable = ids[-1], count + len(ids), unreadable + len(broken)
    click.echo(f"{count} cases folded anew")
    context.exit(SOME_WRONG if unreadable else 0)
