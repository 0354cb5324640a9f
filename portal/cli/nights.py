"""Counting a night: read what was known, fit, judge, and say what is to be said of each open case.

A door's work: it makes the sessions and commits after each batch of cases. A run that was broken
off is started again, and says nothing twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy.orm import Session

from portal.deadlines.queries import limits
from portal.estimates import actions, queries
from portal.estimates.rules.figures import targets_met
from portal.estimates.rules.fitting import fit
from portal.estimates.rules.judging import alarms_from, first_checks, monthly_checks, months_due
from portal.estimates.rules.log import log_of, merged
from portal.estimates.rules.saying import Night, tonight
from portal.estimates.words import Counted, Replayed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.estimates.rules.log import Log
    from portal.estimates.rules.saying import Tonight

BATCH = 2000  # cases in one transaction


class Part(NamedTuple):
    """A batch of cases: its first and last id, and its rows in the log."""

    cases: tuple[UUID, UUID]
    rows: range


@dataclass(frozen=True, slots=True)
class Known:
    """All cases as they were known at the end of a night."""

    night: date
    events: int  # the newest that counts as known
    log: Log
    parts: tuple[Part, ...]


def known_on(engine: Engine, night: date, events: int | None = None) -> Known:
    """What was known at the end of a night. Of a batch only its arrays are kept."""
    logs: list[Log] = []
    parts: list[Part] = []
    with Session(engine) as session:
        newest = queries.newest_event(session) if events is None else events
        after: UUID | None = None
        while (chunk := _chunk(session, after, night, newest)).ids:
            begin, after = parts[-1].rows.stop if parts else 0, chunk.ids[-1]
            logs.append(log_of(chunk.courses, night))
            rows = range(begin, begin + len(logs[-1].ids))
            parts.append(Part((chunk.ids[0], chunk.ids[-1]), rows))
            session.rollback()  # nothing is held open between batches
    return Known(night, newest, merged(logs, night), tuple(parts))


def _chunk(session: Session, after: UUID | None, night: date, newest: int) -> queries.Chunk:
    queries.patient(session)
    return queries.courses_after(session, after, BATCH, night, newest)


def count(engine: Engine, night: date, now: datetime, *, history: bool = False) -> Counted:
    """Count a night that follows all others. `history`: judge the two years before as well."""
    writing = engine.execution_options(writes=True)
    known = known_on(engine, night)
    _check(writing, known, history=history)
    sums: Counter[str] = Counter()
    for _, found in _said(engine, known):
        with Session(writing) as session:
            queries.patient(session)
            actions.settle_closed(session, found.closed)
            actions.say(session, found.said)
            session.commit()
        sums.update(open=found.open, ranges=found.ranges, said=len(found.said),
                    settled=len(found.closed))  # fmt: skip
    counted = Counted(night, sums["open"], sums["ranges"], sums["said"], sums["settled"])
    with Session(writing) as session:
        queries.patient(session)
        before = queries.last_night(session)
        actions.settle_passed(session, night)
        actions.add_up(session, min(before or night, night) - timedelta(days=queries.LATE_NEWS))
        actions.keep_targets(session, night, targets_met(known.log, limits(), night))
        actions.keep_night(session, counted, known.events, now)
        session.commit()
    return counted


def _check(writing: Engine, known: Known, *, history: bool) -> None:
    """Make the monthly checks that are due."""
    if not known.log.ids:
        return
    with Session(writing) as session:
        queries.patient(session)
        kept = queries.checks_until(session, known.night + timedelta(days=1))
        begun = queries.first_night(session)
        if history and not kept:
            for on, found in first_checks(known.log, known.night).items():
                actions.keep_checks(session, on, found)
        else:
            for on in months_due(max(kept, default=None), known.night):
                held = queries.held_lately(session, on - timedelta(days=1))
                actions.keep_checks(session, on, monthly_checks(known.log, on, begun, held))
        session.commit()


def _said(
    engine: Engine, known: Known, before: date | None = None
) -> Iterator[tuple[Part, Tonight]]:
    """What is to be said, batch by batch, after what was said last (or before a night)."""
    with Session(engine) as session:
        checks = queries.checks_until(session, known.night + timedelta(days=1))
    model = fit(known.log, known.night.toordinal()) if known.log.ids else None
    night = Night(known.night, known.log, model, alarms_from(checks))
    for part in known.parts:
        with Session(engine) as session:
            last = queries.last_sayings(session, part.cases, before)
        yield part, tonight(night, part.rows, last)


def replay(engine: Engine, night: date) -> Replayed:
    """Count a past night again from what was known then. Nothing is written."""
    with Session(engine) as session:
        events = queries.events_known(session, night)
    said = differing = 0
    for part, found in _said(engine, known_on(engine, night, events), night):
        with Session(engine) as session:
            stored = queries.sayings_of_night(session, part.cases, night)
        said += len(found.said)
        cases = found.said.keys() | stored.keys()
        differing += sum(found.said.get(case) != stored.get(case) for case in cases)
    return Replayed(night, said, events is not None, differing)
