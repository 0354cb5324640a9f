"""Fixing the theme figures of a quarter, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from portal.feedback.models import FeedbackText
from portal.figures.queries import closed_quarters as figured_quarters
from portal.themes.actions.turns import as_it_is, insert
from portal.themes.models import ThemeCount, ThemeQuarter
from portal.themes.queries.coding import RELEASED, counting, in_quarter, machine_said
from portal.themes.queries.ground import ground_of
from portal.themes.queries.shown import waiting_in
from portal.themes.rules.counting import figures
from portal.themes.words import AlreadyClosed, TextsWait, ThemeState, TooEarly

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from portal.participation.words import Quarter
    from portal.themes.words import Coding


def close(session: Session, quarter: Quarter, today: date, *, leave_rest: bool = False) -> None:
    """Count the texts of a quarter by theme, once and for ever.

    `leave_rest`: an administrator says that what is not coded stays so. Raises AlreadyClosed,
    TextsWait, and TooEarly while the quarter's other figures are not closed.
    """
    if today <= quarter.last or quarter not in figured_quarters(session):
        raise TooEarly
    row = _turn(session, quarter)
    ground = ground_of(session, quarter)
    waiting = waiting_in(session, quarter)
    if waiting and not leave_rest:
        raise TextsWait(waiting)
    row.whole = not waiting
    session.flush()
    active = [one.code for one in as_it_is(session).values() if one.state == ThemeState.ACTIVE]
    made = figures(_said(session, quarter), ground, active)
    rows = [
        {
            "year": quarter.year,
            "number": quarter.number,
            "unit": one.unit,
            "theme": one.theme,
            "polarity": one.polarity,
            "n": one.n,
            "texts": one.texts,
        }
        for one in made
    ]
    if rows:
        session.execute(insert(session, ThemeCount), rows)


def _turn(session: Session, quarter: Quarter) -> ThemeQuarter:
    """Its row, which is nobody else's: who comes second waits, and finds it there."""
    row: ThemeQuarter | None = session.scalar(
        insert(session, ThemeQuarter)
        .values(year=quarter.year, number=quarter.number, whole=False)
        .on_conflict_do_nothing()
        .returning(ThemeQuarter)
    )
    if row is None:
        raise AlreadyClosed
    return row


def _said(session: Session, quarter: Quarter) -> list[tuple[str, Coding]]:
    """Of each text what counts: what people say, else what the machine may say by itself."""
    decided = machine_said(session, in_quarter(quarter)) | counting(session, in_quarter(quarter))
    rows = session.execute(
        select(FeedbackText.key, FeedbackText.cohort).where(RELEASED, in_quarter(quarter))
    )
    return [(cohort, decided[key]) for key, cohort in rows if key in decided]
