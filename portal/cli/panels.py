"""The nightly command of the register of volunteers."""

from __future__ import annotations

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.house import database, settings_or_stop
from portal.panels import actions


@click.group()
def panels() -> None:
    """Those who have volunteered for panels, interviews and text tests."""


@panels.command()
def expire() -> None:
    """Delete the registrations whose last day has passed. Meant to run each night."""
    today = clock.day_of(clock.now())
    with (
        database(settings_or_stop()) as engine,
        Session(engine.execution_options(writes=True)) as session,
    ):
        gone = actions.expire(session, today)
        session.commit()
    click.echo(f"{gone} registrations deleted")
