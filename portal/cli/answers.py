"""Commands about answers that wait at the door. Only here are both databases known.

They need no secret of the portal: the two addresses, and the published list.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.answers import actions
from portal.answers.queries import (
    cluster_of,
    store,
    telling_settings,
    unfinished,
    waiting_counts,
)
from portal.answers.rules import cohorts_of
from portal.answers.words import WrongList
from portal.cli.database import OF_ANSWERS, upgraded
from portal.cli.house import PORTAL, CannotRun, Place, opened
from portal.environment import SettingsError, database, existing_file
from portal.feedback.actions import take_in
from portal.feedback.words import ReleasedRatings, ReleasedText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Engine

    from portal.answers.words import Cohort, Pool

DOOR = Place("INDBLIK_DOOR_DATABASE_URL", "indblik answers upgrade", store)
LIST = "INDBLIK_DOOR_COHORTS_FILE"
PATIENCE = 30  # seconds: nobody waits at a page
Value = TypeVar("Value")


@click.group()
def answers() -> None:
    """Answers that wait at the door: their tables, their release, and what is forgotten."""


@answers.command()
def upgrade() -> None:
    """Create the tables of the answer door's database, or change them."""
    url = _setting(database, DOOR.setting)
    with opened(DOOR, url):
        upgraded(url, OF_ANSWERS)
    click.echo("The answer door's database is up to date.")


@answers.command()
def release() -> None:
    """Let pools of at least ten answers go to the portal. Run it once a week, at a fixed time.

    It may be broken off and run again at any time: no answer is lost, or released twice.
    """
    cohorts, today = _cohorts(), clock.day_of(clock.now())
    with _door() as door:
        _warn(door)
        ratings, texts = _delivered(door)  # what an earlier run has let go
        with Session(door) as session:
            actions.set_out(session, cohorts, today)
            session.commit()
        more_ratings, more_texts = _delivered(door)
        actions.tidy(door)
        with Session(door) as session:
            waiting = sum(waiting_counts(session).values())
    ratings, texts = ratings + more_ratings, texts + more_texts
    click.echo(f"{ratings} answers and {texts} texts released; {waiting} answers wait")


@answers.command()
def expire() -> None:
    """Forget which tokens were used, in cohorts that take none any more. Run it after a release."""
    cohorts, today = _cohorts(), clock.day_of(clock.now())
    with _door() as door:
        with Session(door) as session:
            gone = actions.expire(session, cohorts, today)
            session.commit()
        actions.tidy(door)
    click.echo(f"{gone} spent tokens forgotten")


def _setting(read: Callable[[Mapping[str, str], str], Value], name: str) -> Value:
    try:
        return read(os.environ, name)
    except SettingsError as error:
        message = f"{error}. docs/settings.md lists all settings."
        raise CannotRun(message) from None


def _cohorts() -> dict[str, Cohort]:
    """The cohorts of the published list."""
    path = _setting(existing_file, LIST)
    try:
        return cohorts_of(path.read_text("utf-8"))
    except (WrongList, OSError, UnicodeDecodeError) as error:
        why = error if isinstance(error, WrongList) else type(error).__name__
        message = f"{LIST}: the list cannot be believed: {why}"
        raise CannotRun(message) from None


@contextmanager
def _door() -> Iterator[Engine]:
    with opened(DOOR, _setting(database, DOOR.setting), PATIENCE) as engine:
        yield engine


@contextmanager
def _portal() -> Iterator[Session]:
    """The portal's database: committed at the end."""
    with (
        opened(PORTAL, _setting(database, PORTAL.setting), PATIENCE) as engine,
        Session(engine.execution_options(writes=True)) as session,
    ):
        yield session
        session.commit()


def _delivered(door: Engine) -> tuple[int, int]:
    """Bring what has left the pools to the portal; how many answers, and how many texts.

    First there, then forgotten here: broken off in between, it is brought again under the same
    keys, which changes nothing.
    """
    with Session(door) as session:
        batches = unfinished(session)
    if batches:
        with _portal() as session:
            for cohort, batch in batches.items():
                take_in(session, *_released(cohort, batch))
        with Session(door) as session:
            for cohort, batch in batches.items():
                actions.arrived(session, cohort, batch)
            session.commit()
    return (
        sum(len(batch.ratings) for batch in batches.values()),
        sum(len(batch.texts) for batch in batches.values()),
    )


def _released(cohort: str, batch: Pool) -> tuple[list[ReleasedRatings], list[ReleasedText]]:
    """In the order of random keys, and so shuffled."""
    return (
        [
            ReleasedRatings(one.key, cohort, one.version, one.lang, one.ratings, one.choices)
            for one in batch.ratings
        ],
        [
            ReleasedText(one.key, cohort, one.version, one.lang, one.question, one.text)
            for one in batch.texts
        ],
    )


def _warn(door: Engine) -> None:
    """Say where a server keeps more than the answers."""
    with Session(door) as session:
        cluster, telling = cluster_of(session), telling_settings(session)
    with _portal() as session:
        if cluster is not None and cluster == cluster_of(session):
            click.echo(
                "warning: both databases are in one PostgreSQL cluster, whose numbers of "
                "transactions tell when an answer came",
                err=True,
            )
    for name, what in telling.items():
        click.echo(f"warning: the answer door's server has {name} on: {what}", err=True)
