"""What may be said of a change, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from portal.changes.rules import (
    MOVES,
    difference,
    followed,
    for_case,
    is_overdue,
    is_public,
    moved,
    name_of,
    plan_faults,
    proposal_faults,
    quarter_named,
    unfilled,
)
from portal.changes.words import (
    Change,
    IdeaState,
    Proposal,
    Published,
    Share,
    Status,
    TextState,
    Told,
    Verdict,
)
from portal.participation.words import Quarter
from tests.rooms.changes.examples import AFTER, BEFORE, INDICATOR, KNOWN, PLAN, TODAY, VIEWS, words

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "due", "late"),
    [
        (Status.PLANNED, TODAY - DAY, True),
        (Status.UNDER_WAY, TODAY - DAY, True),
        (Status.UNDER_WAY, TODAY, False),
        (Status.DONE, TODAY - DAY, False),
        (Status.DROPPED, TODAY - DAY, False),
    ],
)
def test_a_day_that_has_passed_counts_while_something_is_owed(
    status: Status, due: date, late: object
) -> None:
    change = Change(uuid4(), replace(PLAN, due=due), status, TextState.DRAFT, 1)
    assert is_overdue(change, TODAY) is late
    assert (change.title, change.owner, change.effect) == (PLAN.title, PLAN.owner, PLAN.effect)
    assert (change.theme, change.unit, change.indicator) == (PLAN.theme, PLAN.unit, INDICATOR)


def test_every_state_can_be_left_and_none_for_itself() -> None:
    assert set(MOVES) == set(Status)
    for status, onward in MOVES.items():
        assert onward
        assert status not in onward


@pytest.mark.parametrize("name", ["2026-3", "2025-4"])
def test_a_quarter_is_read_as_it_is_written(name: str) -> None:
    quarter = quarter_named(name)
    assert quarter is not None
    assert name_of(quarter) == name


@pytest.mark.parametrize("name", ["", "2026-5", "2026-0", "2026", "26-1", "2026-1 ", "x", "٢٠٢٦-1"])
def test_what_is_no_quarter_is_none(name: str) -> None:
    assert quarter_named(name) is None


def test_each_view_needs_all_its_words() -> None:
    told = words("da", "en") | {"da-simple": Told("x", " ", "y")}
    assert unfilled(told, VIEWS) == ("da-simple",)
    assert unfilled({}, VIEWS) == VIEWS
    assert unfilled(words(*VIEWS), VIEWS) == ()


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("state", list(TextState))
def test_only_what_is_published_and_begun_is_told(status: Status, state: TextState) -> None:
    told = is_public(status, state)
    assert told is (state == "published" and status in {"under_way", "done"})


def item(name: str, groups: tuple[str, ...], status: Status = Status.DONE) -> Published:
    return Published(UUID(int=1), name, "s", "d", status, TODAY, groups)


def test_a_case_tells_two_and_its_own_first() -> None:
    every = ("a", "b", "c")
    found = [
        item("all", every),
        item("other", ("b",)),
        item("begun", ("a",), Status.UNDER_WAY),
        item("two", ("a", "b")),
    ]
    assert [one.title for one in for_case(found, "a", 3)] == ["two", "begun"]
    assert [one.title for one in for_case(found, "c", 3)] == ["all"]
    assert for_case([], "a", 3) == []


@pytest.mark.parametrize(
    ("code", "now"),
    [
        ("clarity_of_decision", "clarity_of_decision"),
        ("old", "clarity_of_decision"),
        ("older", "clarity_of_decision"),
        ("parted", None),
        ("gone", None),
        ("round", None),
        ("never", None),
    ],
)
def test_a_theme_is_followed_to_what_it_became(code: str, now: str | None) -> None:
    assert followed(code, KNOWN.themes) == now


def share(of: int, n: int, low: float, high: float) -> Share:
    return Share(of, n, low, high)


HALF = share(50, 100, 0.404, 0.596)
MORE = share(75, 100, 0.657, 0.825)
NEARLY = share(55, 100, 0.452, 0.644)


@pytest.mark.parametrize(
    ("before", "after", "closed", "verdict"),
    [
        (HALF, MORE, True, Verdict.HIGHER),
        (MORE, HALF, True, Verdict.LOWER),
        (HALF, NEARLY, True, Verdict.ALIKE),
        (HALF, None, False, Verdict.WAITING),
        (HALF, None, True, Verdict.HIDDEN),
        (None, MORE, True, Verdict.HIDDEN),
    ],
)
def test_a_difference_counts_beyond_chance(
    before: Share | None, after: Share | None, closed: object, verdict: Verdict
) -> None:
    assert moved(before, after, closed=closed is True).verdict is verdict


def test_the_difference_is_that_of_newcombe() -> None:
    # Newcombe (1998), table II: 56/70 against 48/80, method 10 without continuity correction.
    one, two = share(48, 80, 0.4904, 0.7003), share(56, 70, 0.6917, 0.8769)
    low, high = difference(one, two)
    assert low == pytest.approx(0.0524, abs=0.001)
    assert high == pytest.approx(0.3339, abs=0.001)


def test_what_can_be_has_no_fault() -> None:
    assert plan_faults(PLAN, KNOWN, TODAY) == {}
    open_end = replace(PLAN, due=TODAY, indicator=replace(INDICATOR, after=None))
    assert plan_faults(open_end, KNOWN, TODAY) == {}


def test_each_fault_is_told() -> None:
    wrong = replace(INDICATOR, measure="x", unit="x", outcome="x", before=Quarter(2020, 1))
    plan = replace(PLAN, theme="gone", unit="x", due=TODAY - DAY, indicator=wrong)
    assert plan_faults(plan, KNOWN, TODAY) == {
        "theme": "theme",
        "unit": "unknown",
        "due": "past",
        "measure": "unknown",
        "measured_unit": "unknown",
        "outcome": "unknown",
        "before": "not_closed",
    }
    backwards = replace(PLAN, indicator=replace(INDICATOR, before=AFTER, after=BEFORE))
    assert plan_faults(backwards, KNOWN, TODAY) == {"after": "order"}


def test_what_it_had_before_may_stay() -> None:
    closed = replace(INDICATOR, unit="office:closed")
    old = replace(PLAN, theme="gone", unit="office:closed", due=TODAY - DAY, indicator=closed)
    assert plan_faults(replace(old, title="Andet"), KNOWN, TODAY, old) == {}
    assert plan_faults(replace(old, due=TODAY - DAY - DAY), KNOWN, TODAY, old) == {"due": "past"}
    elsewhere = replace(old, indicator=replace(closed, unit="office:other"))
    assert plan_faults(elsewhere, KNOWN, TODAY, old) == {"measured_unit": "unknown"}


def test_what_cannot_be_of_an_idea() -> None:
    change = uuid4()
    idea = Proposal("t", "x", ("agency:all",), IdeaState.OPEN, "", change)
    assert proposal_faults(idea, KNOWN.units, [change]) == {}
    wrong = replace(idea, units=("agency:all", "x"), state=IdeaState.CLOSED)
    assert proposal_faults(wrong, KNOWN.units, []) == {
        "units": "unknown",
        "change": "unknown",
        "reason": "missing",
    }
    closed = replace(idea, change=None, state=IdeaState.CLOSED, reason="Findes allerede.")
    assert proposal_faults(closed, KNOWN.units, []) == {}
