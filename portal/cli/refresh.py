"""The nightly command: count what was known last night, and say what follows for each case."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import database, settings_or_stop
from portal.cli.nights import count, replay
from portal.cli.processes import as_many_as
from portal.estimates.queries import last_night

if TYPE_CHECKING:
    from datetime import datetime

    from portal.estimates.words import Counted, Replayed

OTHERWISE = 1


def _processors() -> int:
    return os.cpu_count() or 1


@click.command()
@click.option("--night", type=click.DateTime(["%Y-%m-%d"]),
              help="The night to count; without it, the one that has just ended.")  # fmt: skip
@click.option("--with-history", is_flag=True,
              help="At the very first time: let the alarms begin with two years.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), default=_processors, show_default="processors",
              help="Processes that read and judge. SQLite is given one.")  # fmt: skip
@click.pass_context
def refresh(
    context: click.Context, night: datetime | None, *, with_history: bool, jobs: int
) -> None:
    """Say anew when each open case is expected to be decided. Run it once a night.

    A night that was counted already, or that later ones have followed, is only counted again:
    nothing is written, and the result is compared with what was said then.

    Exit status: 0 all well, 1 a past night would now be said otherwise, 2 could not run.
    """
    settings = settings_or_stop()
    now = clock.now()
    wanted = night.date() if night else clock.day_of(now) - timedelta(days=1)
    if wanted >= clock.day_of(now):
        message = f"{wanted} has not ended: nobody knows yet what will be known then"
        raise click.UsageError(message)
    jobs = as_many_as(settings.database_url, jobs)
    with database(settings) as engine:
        with Session(engine) as session:
            newest = last_night(session)
        if newest is not None and wanted <= newest:
            replayed = replay(engine, wanted, jobs=jobs)
            click.echo(_replayed(replayed))
            context.exit(OTHERWISE if replayed.kept and replayed.differing else 0)
        click.echo(_counted(count(engine, wanted, now, history=with_history, jobs=jobs)))


def _counted(done: Counted) -> str:
    return (
        f"{done.night}: {done.open_cases} open cases, {done.ranges} with a range; "
        f"{done.said} said anew, {done.settled} closed"
    )


def _replayed(done: Replayed) -> str:
    if not done.kept:
        return f"{done.night}: was not counted at its time; {done.said} would have been said anew"
    compared = f"{done.differing} otherwise" if done.differing else "the same as then"
    return f"{done.night}: counted again, {done.said} said anew, {compared}; nothing was written"
