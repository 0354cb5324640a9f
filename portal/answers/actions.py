"""Taking answers in for tickets, and letting them go in batches."""

from __future__ import annotations

import secrets
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.answers.models import Pooled, Spent
from portal.answers.rules import cohort_of
from portal.answers.rules.pools import entries_of, is_ripe, packed, together, unpacked
from portal.answers.rules.quarters import is_over, poured
from portal.answers.words import KEY_LENGTH, ClosedCohort, SpentToken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from portal.answers.words import Cohort, Pool, Ticket
    from portal.questionnaire.words import Content


# Built once: these run at each answer.
MAKE = {
    "postgresql": postgresql.insert(Pooled).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(Pooled).on_conflict_do_nothing(),
}
# A conflict that were refused by the database as an error would stand in the server's log.
SPEND = {
    "postgresql": postgresql.insert(Spent).on_conflict_do_nothing().returning(Spent.cohort),
    "sqlite": sqlite.insert(Spent).on_conflict_do_nothing().returning(Spent.cohort),
}
WAITING = (
    select(Pooled.waiting, Pooled.closed)
    .where(Pooled.cohort == bindparam("name"))
    .with_for_update()
)
KEEP = (
    update(Pooled)
    .where(Pooled.cohort == bindparam("name"))
    .values(waiting=bindparam("pool"))
    .execution_options(synchronize_session=False)
)


def redeem(
    session: Session, cohorts: Mapping[str, Cohort], ticket: Ticket, content: Content, today: date
) -> None:
    """Put an answer, whose texts are scrubbed, into the pool of its cohort.

    Raises UnknownCohort, ClosedCohort, ForgedToken, SpentToken: nothing is to be committed then.
    """
    cohort = cohort_of(cohorts, ticket, today)
    waiting = _locked(session, cohort.name)
    _spend(session, ticket)
    answer = entries_of(content, _keys())
    _keep(session, cohort.name, together([waiting, answer]))


def _keys() -> Iterator[str]:
    while True:
        yield secrets.token_hex(KEY_LENGTH // 2)


def _locked(session: Session, name: str) -> Pool:
    """What waits in a pool that nobody else changes before this transaction ends.

    Raises ClosedCohort.
    """
    row = session.execute(WAITING, {"name": name}).one_or_none()
    if row is None:
        _make(session, [name], closed=False)
        row = session.execute(WAITING, {"name": name}).one()
    if row.closed:
        raise ClosedCohort
    return unpacked(row.waiting)


def _make(session: Session, names: Iterable[str], *, closed: bool) -> None:
    """Pools of these names, where there are none."""
    made = [
        {"cohort": name, "waiting": b"", "leaving": b"", "closed": closed} for name in sorted(names)
    ]
    if made:
        session.execute(MAKE[session.get_bind().dialect.name], made)


def _spend(session: Session, ticket: Ticket) -> None:
    spent = {"cohort": ticket.cohort, "hash": sha256(ticket.prepared).digest()}
    new = SPEND[session.get_bind().dialect.name]
    if session.execute(new, spent).one_or_none() is None:
        raise SpentToken


def _keep(session: Session, name: str, waiting: Pool) -> None:
    session.execute(KEEP, {"name": name, "pool": packed(waiting)})


def set_out(session: Session, cohorts: Mapping[str, Cohort], today: date) -> None:
    """Close what is over, pour together what is left there, and let every ripe pool leave.

    A batch that has left stays in the store, apart from what comes after it, until it has
    `arrived`. No pool is let go while a batch before it is on its way.
    """
    _close(session, cohorts, today)
    rows = {
        row.cohort: row
        for row in session.execute(
            select(Pooled.cohort, Pooled.waiting, Pooled.leaving)
            .order_by(Pooled.cohort)
            .with_for_update()
        )
    }
    waiting = poured({name: unpacked(row.waiting) for name, row in rows.items()}, cohorts, today)
    _make(session, waiting.keys() - rows.keys(), closed=False)
    for name, pool in sorted(waiting.items()):
        if is_ripe(pool) and not (name in rows and rows[name].leaving):
            session.execute(
                update(Pooled)
                .where(Pooled.cohort == name)
                .values(waiting=b"", leaving=packed(pool))
            )
        else:
            _keep(session, name, pool)


def _close(session: Session, cohorts: Mapping[str, Cohort], today: date) -> list[str]:
    """Cohorts that are over are closed for good, also to a door whose clock is set back."""
    known = {*cohorts, *session.scalars(select(Pooled.cohort)),
             *session.scalars(select(Spent.cohort).distinct())}  # fmt: skip
    over = sorted(name for name in known if is_over(name, cohorts, today))
    _make(session, over, closed=True)
    session.execute(update(Pooled).where(Pooled.cohort.in_(over)).values(closed=True))
    return over


def arrived(session: Session, name: str, batch: Pool) -> None:
    """Forget a batch that has arrived. One that has left since then is another, and stays."""
    session.execute(
        update(Pooled)
        .where(Pooled.cohort == name, Pooled.leaving == packed(batch))
        .values(leaving=b"")
    )


def expire(session: Session, cohorts: Mapping[str, Cohort], today: date) -> int:
    """Forget the spent tokens of cohorts that are over, and closed for good; how many."""
    over = _close(session, cohorts, today)
    gone = session.scalars(delete(Spent).where(Spent.cohort.in_(over)).returning(Spent.cohort))
    return len(gone.all())


def tidy(engine: Engine) -> None:
    """Write both tables anew, in the order of their keys, and drop what they held before.

    On PostgreSQL a row says which transaction wrote it, and old versions of a row stay in the
    file for a while. Afterwards all rows are of one transaction, and their file is a new one.
    """
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as file:
            file.cursor().execute("VACUUM")
        return
    with engine.begin() as connection:
        connection.execute(update(Pooled).values(cohort=Pooled.cohort))
        connection.execute(update(Spent).values(cohort=Spent.cohort))
    # Apart from it: a row that this very transaction replaced would be carried along.
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for table in (Pooled.__tablename__, Spent.__tablename__):
            connection.execute(text(f"CLUSTER {table} USING pk_{table}"))
