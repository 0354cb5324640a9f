"""An invented office in a database: cases with events, put straight into the tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, CaseEvent
from portal.cases.rules import kept, named
from portal.cases.words import Assigned, Decided, Received, StageEntered
from portal.db import Base, engine_for
from portal.rows import insert_rows

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
    """Add cases, or further events of cases that are there. None is folded."""
    with Session(engine) as session:
        known = set(session.scalars(select(Case.id)))
        new = [case for case, _ in told if case not in known]
        cases = [
            {"id": case, "source": SOURCE, "subject": case.hex, "state": {}, "version": 0,
             "withheld": False, "unknown_codes": 0, "changed_at": noon(START)}
            for case in new
        ]  # fmt: skip
        insert_rows(session, Case, cases)
        insert_rows(session, CaseEvent, [_row(case, *one) for case, some in told for one in some])
        session.commit()


def _row(case: UUID, day: date, data: Happening) -> dict[str, object]:
    return {
        "case_id": case,
        "source": SOURCE,
        "event": f"{case.hex}-{day}-{named(data)}",
        "type": named(data),
        "at": noon(day),
        "sequence": 0,
        "recorded_at": noon(day),
        "data": kept(data),
    }
