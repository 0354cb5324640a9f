"""Counting a night: read what was known, fit, judge, and say what is to be said of each open case.

A door's work: it makes the sessions and commits after each batch of cases. A run that was broken
off is started again, and says nothing twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from portal.cases.queries import ids_after
from portal.cli.processes import each
from portal.deadlines.queries import limits
from portal.estimates import actions, queries
from portal.estimates.rules.figures import targets_met
from portal.estimates.rules.fitting import fit
from portal.estimates.rules.judging import alarms_from, first_checks, monthly_checks, months_due
from portal.estimates.rules.log import log_of, merged
from portal.estimates.rules.saying import Night, tonight
from portal.estimates.words import Counted, Replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Engine

    from portal.estimates.rules.log import Log

    Cases = tuple[UUID, UUID]  # from one id to another

Given = TypeVar("Given")
Done = TypeVar("Done")
BATCH = 2000  # cases in one transaction


class Part(NamedTuple):
    """A batch of cases: its first and last id, and its rows in the log."""

    cases: Cases
    rows: range


@dataclass(frozen=True, slots=True)
class Known:
    """All cases as they were known at the end of a night."""

    night: date
    events: int  # the newest that counts as known
    log: Log
    parts: tuple[Part, ...]


def known_on(engine: Engine, night: date, events: int | None = None, *, jobs: int = 1) -> Known:
    """What was known at the end of a night. Of a batch only its arrays are kept."""
    with Session(engine) as session:
        newest = queries.newest_event(session) if events is None else events
        batches = list(_batches(session))
    logs = list(_side_by_side(engine, jobs, partial(_read, engine, night, newest), batches))
    ends = [0, *accumulate(len(log.ids) for log in logs)]
    parts = [Part(*part) for part in zip(batches, map(range, ends, ends[1:]), strict=True)]
    return Known(night, newest, merged(logs, night), tuple(parts))


def _batches(session: Session) -> Iterator[Cases]:
    """The first and the last id of each batch of cases."""
    after: UUID | None = None
    while ids := ids_after(session, after, BATCH):
        after = ids[-1]
        yield ids[0], after


def _read(engine: Engine, night: date, newest: int, cases: Cases) -> Log:
    with Session(engine) as session:
        queries.patient(session)
        return log_of(queries.courses_of_cases(session, cases, night, newest), night)


def _side_by_side(
    engine: Engine, jobs: int, work: Callable[[Given], Done], parts: Iterable[Given]
) -> Iterator[Done]:
    engine.dispose()  # a connection is one process's: each of them makes its own
    return each(jobs, lambda: work, parts)


def count(
    engine: Engine, night: date, now: datetime, *, history: bool = False, jobs: int = 1
) -> Counted:
    """Count a night that follows all others. `history`: judge the two years before as well."""
    writing = engine.execution_options(writes=True)
    known = known_on(engine, night, jobs=jobs)
    _check(writing, known, history=history)
    sums: Counter[str] = Counter()
    say = partial(_say, writing, _night(engine, known))
    for said in _side_by_side(engine, jobs, say, known.parts):
        sums.update(said)
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


def _say(writing: Engine, night: Night, part: Part) -> dict[str, int]:
    """Say what is to be said of a batch, and commit it; what it came to."""
    with Session(writing) as session:
        queries.patient(session)
        found = tonight(night, part.rows, queries.last_sayings(session, part.cases))
        actions.settle_closed(session, found.closed)
        actions.say(session, found.said)
        session.commit()
    return {"open": found.open, "ranges": found.ranges, "said": len(found.said),
            "settled": len(found.closed)}  # fmt: skip


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


def _night(engine: Engine, known: Known) -> Night:
    """What the sayings of this night are made of."""
    with Session(engine) as session:
        checks = queries.checks_until(session, known.night + timedelta(days=1))
    model = fit(known.log, known.night.toordinal()) if known.log.ids else None
    return Night(known.night, known.log, model, alarms_from(checks))


def replay(engine: Engine, night: date, *, jobs: int = 1) -> Replayed:
    """Count a past night again from what was known then. Nothing is written."""
    with Session(engine) as session:
        events = queries.events_known(session, night)
    known = known_on(engine, night, events, jobs=jobs)
    compare = partial(_compared, engine, _night(engine, known))
    said = differing = 0
    for anew, otherwise in _side_by_side(engine, jobs, compare, known.parts):
        said, differing = said + anew, differing + otherwise
    return Replayed(night, said, events is not None, differing)


def _compared(engine: Engine, night: Night, part: Part) -> tuple[int, int]:
    """Of how many cases something was to be said that night, and of how many it was not that."""
    with Session(engine) as session:
        queries.patient(session)
        last = queries.last_sayings(session, part.cases, night.on)
        stored = queries.sayings_of_night(session, part.cases, night.on)
    said = tonight(night, part.rows, last).said
    cases = said.keys() | stored.keys()
    return len(said), sum(said.get(case) != stored.get(case) for case in cases)
