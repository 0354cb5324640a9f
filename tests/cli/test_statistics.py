"""Closing a year of the open figures: once, from all cases, whatever state they are stored in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.cases.actions import record_many
from portal.cases.models import Case
from portal.cases.words import Decided, Event, Received, Withheld
from portal.cli.statistics import close
from portal.db import engine_for
from portal.statistics import queries
from portal.statistics.actions import keep
from portal.statistics.models import StatisticsYear
from portal.statistics.queries import every_case, figures_of
from portal.statistics.words import Kind, YearNotClosed
from tests.rooms.estimates.office import noon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result
    from sqlalchemy import Engine

SOURCE = "urn:example:board"
TODAY = date(2026, 2, 20)
RECEIVED = Received(number="1", area="car", authority="Odder Kommune")


@pytest.fixture
def engine(env: dict[str, str]) -> Iterator[Engine]:
    made = engine_for(env["INDBLIK_DATABASE_URL"])
    yield made
    made.dispose()


def told(engine: Engine, cases: int, on: date, *, first: int = 0) -> None:
    """Cases that were received on New Year's day and decided on another."""
    some = {
        (SOURCE, f"{number}"): [
            Event(SOURCE, f"{number}-a", noon(on.replace(month=1, day=1)), RECEIVED, 1),
            Event(SOURCE, f"{number}-b", noon(on), Decided(outcome="upheld"), 2),
        ]
        for number in range(first, first + cases)
    }
    with Session(engine) as session:
        record_many(session, some, noon(on), {})
        session.commit()


def decided(engine: Engine, year: int | None = None) -> int | None:
    with Session(engine) as session:
        (whole,) = figures_of(session, year)[0].of(Kind.ALL)
    return whole.decided


def test_a_year_is_closed_once_and_never_revised(engine: Engine) -> None:
    told(engine, 30, date(2025, 3, 1))
    assert [year.year for year in close(engine, TODAY)] == [2025]
    told(engine, 30, date(2025, 4, 1), first=30)
    told(engine, 30, date(2023, 4, 1), first=60)  # an older year, told late
    assert close(engine, TODAY) == []
    assert decided(engine) == decided(engine, 2025) == 30
    with Session(engine) as session, pytest.raises(IntegrityError):
        keep(session, figures_of(session)[0])


def test_the_first_time_closes_all_years_and_later_ones_follow(engine: Engine) -> None:
    assert close(engine, TODAY) == []  # before there is a case nothing is closed
    told(engine, 20, date(2023, 3, 1))
    told(engine, 25, date(2026, 1, 9), first=20)
    assert [year.year for year in close(engine, TODAY)] == [2023, 2024, 2025]
    assert (decided(engine, 2023), decided(engine, 2024)) == (20, None)
    assert [year.year for year in close(engine, date(2027, 3, 1))] == [2026]
    assert decided(engine) == 25
    with Session(engine) as session, pytest.raises(YearNotClosed):
        figures_of(session, 2022)


def test_a_case_counts_whatever_state_it_is_stored_in(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(engine, 30, date(2025, 3, 1))
    with Session(engine) as session:
        odd = list(session.scalars(select(Case.id).order_by(Case.id).limit(2)))
        session.execute(update(Case).where(Case.id == odd[0]).values(version=0, state={}))
        session.execute(update(Case).where(Case.id == odd[1]).values(state={"area": 7}))
        session.commit()
        monkeypatch.setattr(queries, "CHUNK", 7)
        found = list(every_case(session))
    assert len(found) == 30
    assert {(one.area, one.decision.on) for one in found if one.decision} == {
        ("car", date(2025, 3, 1))
    }


def test_a_withheld_case_is_counted_like_any_other(engine: Engine) -> None:
    """Left out, it would be the difference between these figures and the authority's own."""
    told(engine, 30, date(2025, 3, 1))
    hidden = Event(SOURCE, "0-c", noon(date(2025, 5, 1)), Withheld(reason="protected"), 3)
    with Session(engine) as session:
        record_many(session, {(SOURCE, "0"): [hidden]}, noon(date(2025, 5, 1)), {})
        session.commit()
        assert session.scalar(select(Case.withheld).where(Case.subject == "0"))
    close(engine, TODAY)
    assert decided(engine) == 30


def test_nothing_that_is_hidden_is_stored(engine: Engine) -> None:
    told(engine, 30, date(2025, 3, 1))
    told(engine, 9, date(2024, 3, 1), first=30)
    close(engine, TODAY)
    with Session(engine) as session:
        rows = session.get_one(StatisticsYear, 2024).figures["rows"]
    assert all(row["decided"] is None and not any(row["outcomes"].values()) for row in rows)


def test_the_command_says_what_it_did(
    engine: Engine, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: noon(TODAY))
    assert run("statistics", "close").output == "No year is to be closed.\n"
    told(engine, 30, date(2025, 3, 1))
    told(engine, 9, date(2024, 3, 1), first=30)
    done = run("statistics", "close")
    assert done.exit_code == 0, done.output
    assert "2024: too few decided cases, 0 of 143 rows can be told" in done.output
    assert "2025: 30 decided cases" in done.output
