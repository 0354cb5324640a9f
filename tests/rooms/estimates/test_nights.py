"""Nights counted on a database: what is written, once, and what it comes to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.cases.models import CaseEvent
from portal.cases.words import Closed, Decided, Received, Reopened, StageEntered
from portal.cli.nights import count, replay
from portal.estimates.models import Estimate, EstimateCheck, EstimateNight, EstimateScore
from portal.estimates.queries import held_by, last_night, owed_words, told_now, told_of
from tests.rooms.estimates.office import AREA, UNIT, case_key, furnished, history, noon, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from portal.cases.words import Happening
    from portal.estimates.words import Counted

NIGHT = date(2025, 3, 14)
OWN = case_key(1)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = furnished(database_url)
    yield made
    made.dispose()


@pytest.fixture
def office(engine: Engine) -> Engine:
    """An office with two years behind it."""
    put(engine, history())
    return engine


def night(engine: Engine, on: date, **how: bool) -> Counted:
    return count(engine, on, noon(on + timedelta(1)), **how)


def own(engine: Engine, *happened: tuple[int, Happening]) -> None:
    """Let something happen to a case of our own, so many days after the first night."""
    put(engine, [(OWN, [(NIGHT + timedelta(days), data) for days, data in happened])])


RECEIPT = Received(number="1", area=AREA, authority=UNIT)


def ledger(engine: Engine) -> list[Estimate]:
    with Session(engine) as session:
        rows = select(Estimate).where(Estimate.case_id == OWN).order_by(Estimate.version)
        return list(session.scalars(rows))


def test_a_night_without_any_case(engine: Engine) -> None:
    done = night(engine, NIGHT)
    assert (done.open_cases, done.ranges, done.said) == (0, 0, 0)
    assert replay(engine, NIGHT).differing == 0


def test_with_ten_cases_there_is_no_range(engine: Engine) -> None:
    put(engine, history(cases=10, days=795))
    done = night(engine, NIGHT)
    assert done.open_cases == done.said > 0
    assert done.ranges == 0
    with Session(engine) as session:
        assert set(session.scalars(select(Estimate.reason))) == {"too_few"}


def test_what_was_said_stands_until_it_moves(office: Engine) -> None:
    first = night(office, NIGHT)
    assert first.said == first.open_cases > 100
    assert first.ranges > 100
    second = night(office, NIGHT + timedelta(1))
    assert second.said < first.said / 4
    assert abs(second.ranges - first.ranges) < 10


def test_a_night_that_was_broken_off_is_begun_again(office: Engine) -> None:
    first = night(office, NIGHT)
    with Session(office) as session:
        rows = session.scalar(select(func.count()).select_from(Estimate))
        session.execute(update(EstimateNight).values(ranges=0))
        session.commit()
    again = night(office, NIGHT)
    assert (again.said, again.ranges) == (0, first.ranges)
    with Session(office) as session:
        assert session.scalar(select(func.count()).select_from(Estimate)) == rows


def test_a_past_night_is_the_same_whatever_came_later(office: Engine) -> None:
    own(office, (-20, RECEIPT))
    for days in (0, 3, 9):
        night(office, NIGHT + timedelta(days))
    before = {days: replay(office, NIGHT + timedelta(days)) for days in (0, 3, 9)}
    own(office, (-5, StageEntered(stage="hearing")), (12, Closed(reason="withdrawn")))
    night(office, NIGHT + timedelta(20))
    for days, then in before.items():
        assert then.differing == 0
        assert replay(office, NIGHT + timedelta(days)) == then
    never = replay(office, NIGHT - timedelta(30))
    assert not never.kept
    assert never.said > 100


def test_each_range_is_scored_once(office: Engine) -> None:
    own(office, (-20, RECEIPT))
    night(office, NIGHT)
    (first,) = ledger(office)
    assert first.first
    assert first.last
    closed = (first.first - NIGHT).days + 3
    own(office, (closed, Decided(outcome="upheld")))
    night(office, NIGHT + timedelta(closed))
    scored = ledger(office)[0]
    assert (scored.settled_on, scored.held) == (NIGHT + timedelta(closed), True)
    assert ledger(office)[-1].reason == "ended"
    night(office, NIGHT + timedelta(closed + 300))
    assert ledger(office)[0].held
    with Session(office) as session:
        total = sum(one.scored for one in session.scalars(select(EstimateScore)))
        kept = session.scalar(
            select(func.count()).select_from(Estimate).where(Estimate.held.is_not(None))
        )
        assert total == kept
        months = held_by(session, "month", date(2025, 1, 1), date(2027, 1, 1))
        areas = held_by(session, "area", date(2025, 1, 1), date(2027, 1, 1))
        assert sum(one.held for one in months.values()) == areas[AREA].held


def test_what_was_closed_before_it_was_said_is_not_scored(office: Engine) -> None:
    own(office, (-20, RECEIPT))
    night(office, NIGHT)
    own(office, (-2, Decided(outcome="upheld")))  # told late
    night(office, NIGHT + timedelta(1))
    first, last = ledger(office)
    assert (first.held, first.settled_on) == (None, NIGHT - timedelta(2))
    assert last.reason == "ended"


def test_a_receipt_that_was_taken_back_ends_what_was_said(office: Engine) -> None:
    own(office, (-20, RECEIPT))
    night(office, NIGHT)
    with Session(office) as session:
        session.execute(update(CaseEvent).where(CaseEvent.case_id == OWN).values(data={"x": 1}))
        session.commit()
    night(office, NIGHT + timedelta(1))
    assert ledger(office)[-1].reason == "ended"


def test_a_reopened_case_is_told_of_its_new_spell(office: Engine) -> None:
    own(office, (-90, RECEIPT))
    night(office, NIGHT)
    own(office, (5, Decided(outcome="upheld")), (8, Reopened()))
    night(office, NIGHT + timedelta(8))
    old, new = ledger(office)
    assert (old.settled_on, new.move, new.spell) == (
        NIGHT + timedelta(5), "reopened", NIGHT + timedelta(8),
    )  # fmt: skip
    with Session(office) as session:
        found = told_of(session, OWN)
        assert found
        assert [one.version for one in found.sayings] == [1, 2]
        assert found.met
        assert told_now(session, [OWN])[OWN].now == found.now
        assert told_now(session, []) == {}


def test_a_stall_raises_the_alarm_and_the_range_is_kept_and_hidden(engine: Engine) -> None:
    stall = date(2025, 2, 1)
    told = [
        (key, [one for one in happened if one[0] < stall])
        for key, happened in history(cases=2600, days=800)
    ]
    put(engine, [one for one in told if one[1]])
    night(engine, stall - timedelta(1), history=True)
    with Session(engine) as session:
        assert len(set(session.scalars(select(EstimateCheck.on)))) >= 24
    night(engine, date(2025, 2, 28))
    done = night(engine, date(2025, 3, 31))
    assert done.open_cases > 300
    assert done.ranges == 0
    with Session(engine) as session:
        hidden = select(func.count()).select_from(Estimate).where(
            Estimate.superseded_on.is_(None), Estimate.reason == "pace", Estimate.first.is_not(None)
        )  # fmt: skip
        assert (session.scalar(hidden) or 0) > 300
    night(engine, date(2025, 12, 31))
    with Session(engine) as session:
        by_area = held_by(session, "area", date(2025, 1, 1), date(2026, 1, 1))[AREA]
        assert by_area.hidden_scored > by_area.hidden_held == 0


def test_whose_upper_date_is_near_is_owed_a_word(office: Engine) -> None:
    own(office, (-20, RECEIPT))
    night(office, NIGHT)
    last = ledger(office)[0].last
    assert last
    with Session(office) as session:
        assert last_night(session) == NIGHT

        def owed(today: date) -> list[tuple[bool, date]]:
            return [(one.late, one.word_by) for one in owed_words(session, today)
                    if one.subject == OWN.hex]  # fmt: skip

        assert owed(last - timedelta(15)) == []
        assert owed(last - timedelta(14)) == [(False, last)]
        assert owed(last) == [(False, last)]
        assert owed(last + timedelta(1)) == [(True, last + timedelta(28))]
        assert owed(last + timedelta(29)) == [(True, last + timedelta(56))]
