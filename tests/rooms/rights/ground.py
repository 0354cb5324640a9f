"""Rows for retention to look at."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from portal.cases.actions import record
from portal.cases.words import Closed, Event, Happening, PartyAdded, Received
from portal.identity.models import Person
from portal.rights.queries.keeping import kinds

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from portal.db import Base

CLOSED = date(2026, 5, 12)
LAST = datetime(2031, 5, 12, 21, 59, 59, tzinfo=UTC)  # the last second of the last day
OVER = LAST + timedelta(seconds=1)  # midnight in Copenhagen
KINDS = {kept.kind: kept for kept in kinds()}
_number = itertools.count(1)


def put(engine: Engine, model: type[Base], **values: Any) -> None:  # noqa: ANN401 - of any column
    with engine.begin() as connection:
        connection.execute(insert(model), [values])


def count(engine: Engine, model: type[Base]) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def person(engine: Engine, made: datetime = datetime(2020, 1, 1, tzinfo=UTC)) -> UUID:
    key = uuid4()
    put(engine, Person, id=key, created_at=made, name_sealed=b"x")
    return key


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def case(engine: Engine, who: UUID, *more: tuple[Happening, datetime]) -> UUID:
    """A case that was received, and whatever else happened."""
    told: list[tuple[Happening, datetime]] = [
        (PartyAdded(person=who, role="complainant"), noon(date(2025, 1, 1))),
        (Received(number="26-1", area="car", authority="A"), noon(date(2025, 1, 2))),
        *more,
    ]
    events = [Event("s", f"e{next(_number)}", at, data) for data, at in told]
    with Session(engine) as session:
        made = record(session, "s", f"c{next(_number)}", events, LAST).case
        session.commit()
    return made


CLOSING = (Closed(reason="completed"), noon(CLOSED))
