"""The nightly command that closes a year of the open figures when it is over by some weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import database, settings_or_stop
from portal.statistics.actions import keep
from portal.statistics.queries import authorities, closed_years, every_case
from portal.statistics.rules.counting import Tally, last_over, tallies
from portal.statistics.rules.tables import year_of
from portal.statistics.words import Kind

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from portal.statistics.words import Year


@click.group()
def statistics() -> None:
    """The figures for everybody: processing times, outcomes, and cases sent back."""


@statistics.command("close")
def close_command() -> None:
    """Close the years that are over by six weeks. Run it once a night.

    A year that is closed is never counted again, and none before it is opened any more.
    """
    settings = settings_or_stop()
    with database(settings) as engine:
        done = close(engine, clock.day_of(clock.now()))
    for year in done:
        click.echo(_said(year))
    if not done:
        click.echo("No year is to be closed.")


def close(engine: Engine, today: date) -> list[Year]:
    """Count and publish every year that can be closed and is not; the oldest first."""
    last = last_over(today)
    with Session(engine) as session:
        newest = max(closed_years(session), default=None)
        if newest is not None and newest >= last:
            return []
        names = authorities()
        found = tallies(every_case(session), names)
    first = min(found, default=last + 1) if newest is None else newest + 1
    years = [
        year_of(year, today, found.get(year, Tally()), names) for year in range(first, last + 1)
    ]
    with Session(engine.execution_options(writes=True)) as session:
        for year in years:
            keep(session, year)
        session.commit()
    return years


def _said(year: Year) -> str:
    (whole,) = year.of(Kind.ALL)
    told = sum(row.decided is not None for row in year.rows)
    decided = "too few" if whole.decided is None else whole.decided
    return f"{year.year}: {decided} decided cases, {told} of {len(year.rows)} rows can be told"
