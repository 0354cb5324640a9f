"""The nightly command of participation: keys made, keys deleted, and the list of them published."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import click
from sqlalchemy.orm import Session

from portal import clock
from portal.answers.rules import cohorts_of
from portal.answers.words import WrongList
from portal.blind.rules import new_key
from portal.cli.house import CannotRun, database, settings_or_stop, vault_of
from portal.participation.actions import forget_expired, prepare_cohorts
from portal.participation.queries import listed_cohorts, wanted_cohorts
from portal.participation.rules import appended

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Engine

    from portal.blind.words import PrivateKey
    from portal.participation.words import Listed, Plan
    from portal.vault import Vault

READABLE_BY_ALL = 0o644  # the list is public, and the answer door is another user of the machine


class Refreshed(NamedTuple):
    made: list[str]
    ended: list[str]
    listed: int


@click.group()
def participation() -> None:
    """Keys of the answers that nobody can trace."""


@participation.command()
def refresh() -> None:
    """Make the keys that are needed, delete those that are over, publish the list. Run it nightly.

    A key that is on the list is never changed or taken away. It may be started again at any time.
    """
    settings = settings_or_stop()
    if settings.cohorts_file is None:
        message = "INDBLIK_COHORTS_FILE is not set. docs/settings.md lists all settings."
        raise CannotRun(message)
    with database(settings) as engine:
        today = clock.day_of(clock.now())
        done = refreshed(engine, vault_of(settings), settings.cohorts_file, today)
    click.echo(f"{_named('made', done.made)}; {_named('over', done.ended)}; {done.listed} listed")


def _named(what: str, names: list[str]) -> str:
    return f"{what}: {', '.join(names) or 'none'}"


def refreshed(
    engine: Engine,
    vault: Vault,
    file: Path,
    today: date,
    make: Callable[[], PrivateKey] = new_key,
) -> Refreshed:
    """Bring keys and list up to date. Raises CannotRun where the list and the keys disagree."""
    with _alone(file):
        known = _read(file)
        with Session(engine) as session:
            _check(known, listed_cohorts(session))
            wanted = [_new_name(plan, set(known)) for plan in wanted_cohorts(session, today)]
        keys = {plan: make() for plan in wanted}  # takes its time: nothing is held meanwhile
        with Session(engine.execution_options(writes=True)) as session:
            made = prepare_cohorts(session, vault, keys)
            ended = forget_expired(session, today)
            session.commit()
            cohorts = listed_cohorts(session)
        _publish(file, [one for one in cohorts if one.name not in known])
    return Refreshed(made, ended, len(known.keys() | {one.name for one in cohorts}))


def _new_name(plan: Plan, taken: Collection[str]) -> Plan:
    """A cohort that the list has, and the database has lost, gets a key under another name."""
    names = (plan.name, *(f"{plan.name}_{number}" for number in range(2, len(taken) + 3)))
    return replace(plan, name=next(name for name in names if name not in taken))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Two that are started at once come one after the other."""
    try:
        with file.with_name(f"{file.name}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        message = f"The list of keys cannot be written: {type(error).__name__}."
        raise CannotRun(message) from None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        return ""


def _read(file: Path) -> dict[str, bytes]:
    """The keys that the list has, by cohort."""
    try:
        return {cohort.name: cohort.key for cohort in cohorts_of(_text(file)).values()}
    except (WrongList, ValueError) as error:
        reason = error if isinstance(error, WrongList) else "it is not text"
        message = f"The list of keys was changed: {reason}. Put back the copy that was published."
        raise CannotRun(message) from None


def _check(known: dict[str, bytes], cohorts: list[Listed]) -> None:
    for cohort in cohorts:
        if known.get(cohort.name, cohort.key) != cohort.key:
            message = (
                f"The list has another key for {cohort.name} than the database: "
                "one of them is from somewhere else. Nothing was changed."
            )
            raise CannotRun(message)


def _publish(file: Path, fresh: list[Listed]) -> None:
    """Add lines to the list: readers see it as it was before, or whole."""
    if not fresh and file.exists():
        return
    new = file.with_name(f"{file.name}.new")
    with new.open("w", encoding="utf-8") as opened:
        opened.write(appended(_text(file), fresh))
        opened.flush()
        os.fsync(opened.fileno())
    new.chmod(READABLE_BY_ALL)
    new.replace(file)
