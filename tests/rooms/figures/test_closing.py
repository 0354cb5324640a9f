"""A quarter is closed once, of what was answered; and nothing that is hidden is stored."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select

from portal.feedback.models import FeedbackRatings
from portal.figures.actions import close, take_in_measurement
from portal.figures.models import StoredFigure
from portal.figures.queries import asked_quarters, closed_quarters, figures_of, measured
from portal.figures.words import AlreadyClosed, Measured, QuarterNotClosed, TooEarly
from portal.organisation.actions import take_in
from portal.organisation.words import Organisation
from portal.participation.models import ParticipationCohort
from portal.participation.rules import plans_of
from portal.participation.words import Quarter
from tests.rooms.feed.conftest import engine, session
from tests.rooms.organisation.test_rules import CARE, EAST, WHOLE, WORK

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

__all__ = ["engine", "session"]
pytestmark = pytest.mark.stored

QUARTER = Quarter(2027, 1)
LATE = date(2027, 8, 19)


def asked(session: Session, answers: int) -> None:
    """One cohort for all, and so many answers."""
    plan = next(iter(plans_of(QUARTER, {"children": 60})))
    session.add(
        ParticipationCohort(
            name=plan.name, groups=list(plan.groups), public=b"", private_sealed=None,
            issue_from=plan.issue_from, issue_until=plan.issue_until,
            redeem_until=plan.redeem_until, invited=2 * answers,
        )
    )  # fmt: skip
    session.add_all(
        FeedbackRatings(
            key=f"{number:032x}", cohort=plan.name, version="2026-1", lang="da",
            ratings={"outcome": "same", "heard": "high" if number % 2 else "low"},
            choices={"went_well": ["time"]} if number % 3 else {},
        )
        for number in range(answers)
    )  # fmt: skip
    session.flush()


def test_a_quarter_is_closed_once_and_for_good(session: Session) -> None:
    take_in(session, WHOLE, QUARTER.first)
    asked(session, 40)
    assert asked_quarters(session) == [QUARTER]
    with pytest.raises(QuarterNotClosed):
        figures_of(session, QUARTER)
    with pytest.raises(TooEarly):
        close(session, QUARTER, LATE - timedelta(days=1))
    close(session, QUARTER, LATE)
    assert closed_quarters(session) == [QUARTER]
    made = figures_of(session, QUARTER)
    whole = made.by("agency:agency")
    assert (whole["answered"].n, whole["heard"].n, whole["heard"].of) == (40, 40, 20)
    assert whole["trust"].n is None
    with pytest.raises(AlreadyClosed):
        close(session, QUARTER, LATE)
    # What comes later, and offices that close, change nothing.
    session.execute(delete(FeedbackRatings))
    take_in(session, Organisation((EAST,), (WORK, CARE)), LATE)
    assert figures_of(session, QUARTER) == made
    assert made.unit("office:young") is not None


def test_nine_answers_store_no_number(session: Session) -> None:
    asked(session, 9)
    close(session, QUARTER, LATE)
    numbers = select(func.count(StoredFigure.n), func.count(StoredFigure.of), func.count())
    n, of, rows = session.execute(numbers).one()
    assert (n, of) == (0, 0)
    assert rows > 0
    turnout = figures_of(session, QUARTER).turnout("agency:agency")
    assert turnout is not None
    assert turnout.invited is None


def test_a_quarter_that_nobody_was_asked_about_is_not_closed(session: Session) -> None:
    with pytest.raises(TooEarly):
        close(session, QUARTER, LATE)


def test_a_measurement_that_is_told_again_replaces_the_first(session: Session) -> None:
    first = Measured(2026, "agency:agency", "clarity", 900, 0.8)
    other = Measured(2027, "agency:agency", "clarity", 800, 0.9)
    take_in_measurement(session, [first, other])
    take_in_measurement(session, [Measured(2026, "agency:agency", "clarity", 901, 0.81)])
    assert measured(session) == [other, Measured(2026, "agency:agency", "clarity", 901, 0.81)]
