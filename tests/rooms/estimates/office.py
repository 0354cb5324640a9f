"""An invented office in a database: cases with events, put straight into the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent
from portal.cases.rules import VERSION, folded, kept, named, packed
from portal.cases.words import Assigned, Decided, Event, Received, StageEntered
from portal.clock import day_of
from portal.db import Base, engine_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

    from portal.cases.words import Happening

SOURCE = "urn:example:office"
START = date(2023, 1, 2)
AREA, UNIT = "sickness_benefit", "Rugballe Kommune"
STAGES = (Assigned(office="Kontor"), StageEntered(stage="assessment"))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def furnished(url: str) -> Engine:
    engine = engine_for(url)
    Base.metadata.create_all(engine)
    return engine


def case_key(number: int) -> UUID:
    return UUID(int=number + 1)


def history(  # noqa: PLR0917 - the figures of an invented office
    cases: int = 900,
    days: int = 1000,
    pace: float = 1.0,
    area: str = AREA,
    first: int = 1000,
    seed: int = 3,
) -> list[tuple[UUID, list[tuple[date, Happening]]]]:
    """Cases that come evenly, are about `60 / pace` days in each of three stages, and decided."""
    random = np.random.default_rng(seed)
    told = []
    stages: tuple[Happening, ...] = STAGES
    for number in range(cases):
        begin = START + timedelta(days=number * days // cases)
        took = np.cumsum(random.lognormal(np.log(60 / pace), 0.4, 3)).astype(int) + 1
        received = Received(number=str(number), area=area, authority=UNIT)
        happened: list[tuple[date, Happening]] = [(begin, received)]
        happened += [(begin + timedelta(days=int(day)), stage)
                     for day, stage in zip(took, stages, strict=False)]  # fmt: skip
        happened.append((begin + timedelta(days=int(took[-1])), Decided(outcome="upheld")))
        told.append((case_key(first + number), happened))
    return told


def put(engine: Engine, told: Sequence[tuple[UUID, Sequence[tuple[date, Happening]]]]) -> None:
    """Add cases, or further events of cases that are there."""
    with Session(engine) as session:
        for case, happened in told:
            _put(session, case, happened)
        session.commit()


def _put(session: Session, case: UUID, happened: Sequence[tuple[date, Happening]]) -> None:
    events = [
        Event(SOURCE, f"{case.hex}-{day}-{named(data)}", noon(day), data) for day, data in happened
    ]
    if session.get(Case, case) is None:
        state = packed(folded(events, day_of))
        session.add(Case(id=case, source=SOURCE, subject=case.hex, state=state, version=VERSION,
                         changed_at=noon(START)))  # fmt: skip
        session.flush()
    session.execute(
        insert(CaseEvent),
        [{"case_id": case, "source": SOURCE, "event": one.id, "type": named(one.data),
          "at": one.at, "sequence": 0, "recorded_at": one.at, "data": kept(one.data)}
         for one in events],
    )  # fmt: skip
