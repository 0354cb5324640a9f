"""Reads of the open figures: the cases that they are counted from, and what was published."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Text, cast, select, type_coerce

from portal.cases.models import Case
from portal.cases.queries import events_by_case
from portal.cases.rules import VERSION, folded
from portal.clock import day_of
from portal.rows import on_postgresql
from portal.statistics.models import StatisticsYear
from portal.statistics.words import Told, Year, YearNotClosed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy.orm import Session

CHUNK = 5000  # cases of one statement: what is held in memory at a time
TOLD = msgspec.json.Decoder(Told)  # made before there are threads, as in portal.cases.rules


def authorities() -> tuple[str, ...]:
    """The first instances that have a row of their own, in the order of the alphabet."""
    text = files("portal.statistics").joinpath("authorities.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["names"], tuple[str, ...])


def every_case(session: Session) -> Iterator[Told]:
    """What counts of each case, a few thousand of them in memory at a time."""
    after: UUID | None = None
    state = cast(Case.state, Text) if on_postgresql(session) else type_coerce(Case.state, Text)
    query = select(Case.id, Case.version, state).order_by(Case.id).limit(CHUNK)
    while rows := session.execute(query if after is None else query.where(Case.id > after)).all():
        after = rows[-1].id
        anew = []
        for case_id, version, text in rows:
            told = _told(text) if version == VERSION else None
            if told is None:
                anew.append(case_id)
            else:
                yield told
        yield from _folded(session, anew)


def _told(text: str) -> Told | None:
    """What is stored of a case; None where it cannot be read."""
    try:
        return TOLD.decode(text)
    except msgspec.MsgspecError:
        return None


def _folded(session: Session, cases: list[UUID]) -> Iterator[Told]:
    """The same of cases whose stored state cannot be taken as it is, from their events."""
    for events in events_by_case(session, cases).values():
        state = folded(events, day_of)
        yield Told(
            state.area,
            state.authority,
            state.received,
            state.clock_from,
            state.decision,
            state.earlier_decisions,
        )


def closed_years(session: Session) -> list[int]:
    """The years that are closed, the newest first."""
    return list(session.scalars(select(StatisticsYear.year).order_by(StatisticsYear.year.desc())))


def figures_of(session: Session, year: int | None = None) -> tuple[Year, list[int]]:
    """What is published of a year, or of the newest; and the years that there are, newest first.

    Raises YearNotClosed.
    """
    years = closed_years(session)
    wanted = year if year is not None else max(years, default=None)
    kept = session.get(StatisticsYear, wanted) if wanted in years else None
    if kept is None:
        raise YearNotClosed
    return msgspec.convert(kept.figures, type=Year), years
