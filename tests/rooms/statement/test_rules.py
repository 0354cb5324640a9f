"""The statement is no better than what was found, and no older than a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal import clock
from portal.statement.queries import known_facts, last_summary
from portal.statement.rules import statement
from portal.statement.words import GOOD_FOR_DAYS, Facts, Failed, Status, Summary

RAN = date(2026, 11, 22)
GOOD = Summary(
    ran_on=RAN, complete=True, tools=("axe",), pages=("home",), views=("da",), widths=(320,),
    looks=1, findings=0, unreviewed=0, points=500, failed=(), journeys=10, spoken=("da",),
)  # fmt: skip
SEEN = Facts(gone_through=RAN, tried_by_people=RAN, audited=RAN)


def test_the_best_level_needs_a_faultless_run_and_people() -> None:
    assert statement(GOOD, SEEN, RAN, ("da",)).status is Status.FULLY


@pytest.mark.parametrize(
    ("summary", "facts"),
    [
        (GOOD, Facts(gone_through=RAN)),
        (GOOD, replace(SEEN, audited=None)),
        (GOOD, replace(SEEN, tried_by_people=None)),
        (GOOD, replace(SEEN, known=("danish",))),
        (replace(GOOD, complete=False), SEEN),
        (replace(GOOD, points=None), SEEN),
        (replace(GOOD, points=475), SEEN),
        (replace(GOOD, failed=(Failed(criterion="1.4.3", pages=1),)), SEEN),
    ],
)
def test_anything_less_is_partly(summary: Summary, facts: Facts) -> None:
    assert statement(summary, facts, RAN, ("da",)).status is Status.PARTLY


@pytest.mark.parametrize(("points", "status"), [(376, Status.PARTLY), (375, Status.NOT)])
def test_the_bands_are_those_of_the_official_monitoring(points: int, status: Status) -> None:
    facts = Facts(gone_through=RAN)
    assert statement(replace(GOOD, points=points), facts, RAN, ("da",)).status is status


def test_what_was_not_tried_is_said() -> None:
    assert statement(GOOD, SEEN, RAN, ("da",)).untested == ("programs",)
    told = statement(replace(GOOD, complete=False), Facts(gone_through=RAN), RAN, ("da",)).untested
    assert told == ("people", "audit", "pages", "programs")


def test_a_view_that_is_newer_than_the_run_was_not_tried() -> None:
    told = statement(GOOD, SEEN, RAN, ("da", "ar"))
    assert told.status is Status.PARTLY
    assert "pages" in told.untested


def test_it_is_as_old_as_the_oldest_that_it_rests_on() -> None:
    later = replace(SEEN, gone_through=RAN + timedelta(days=100))
    assert statement(GOOD, later, RAN, ()).stated_on == RAN
    last = RAN + timedelta(days=GOOD_FOR_DAYS)
    assert not statement(GOOD, later, last, ()).stale
    assert statement(GOOD, later, last + timedelta(days=1), ()).stale


def test_the_statement_is_not_a_year_old() -> None:
    """Run `make access`, read /tilgaengelighed, and move `gone_through` in facts.toml."""
    today = clock.day_of(clock.now())
    assert not statement(last_summary(), known_facts(), today, ()).stale


def test_no_fact_is_of_a_day_to_come() -> None:
    facts, today = known_facts(), clock.day_of(clock.now())
    days = (facts.gone_through, facts.tried_by_people, facts.audited, last_summary().ran_on)
    assert all(day is None or day <= today for day in days)
