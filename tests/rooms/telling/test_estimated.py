"""What is told of an estimate: never what no longer fits the case, never a day that has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cases.words import (
    DateAnnounced,
    Decided,
    Reopened,
    StageEntered,
    State,
    Suspended,
    UrgencySet,
)
from portal.deadlines.rules import dates_of
from portal.estimates.words import Level, Met, Move, Range, Told, Withheld
from portal.explanations.words import Passage
from portal.telling.rules.estimated import estimated, estimated_briefly
from tests.rooms.cases.stories import RECEIVED, UPHELD, case, entered
from tests.rooms.explanations.test_estimates import MET, QUEUED, SPELL, WEEKS, moved, saying
from tests.rooms.telling.readers import LIMITS, TODAY, codes, passages

GIVEN = Told((saying(),), MET)


def told(state: State, given: Told | None = GIVEN, today: date = TODAY) -> list[str]:
    return codes(estimated(state, dates_of(state, LIMITS, today), given, today))


@pytest.mark.parametrize(
    "happened",
    [Suspended(reason="court_case"), UrgencySet(urgent=True), UPHELD, entered("zz_new")],
)
def test_what_the_day_has_changed_counts_before_the_night(
    happened: Suspended | UrgencySet | Decided | StageEntered,
) -> None:
    state = case(RECEIVED, happened)
    assert told(state) == []
    assert estimated_briefly(state, GIVEN, TODAY) is None


def test_of_an_earlier_spell_nothing_is_said() -> None:
    state = case(RECEIVED, UPHELD, Reopened())
    assert "date.estimate_none" in told(state)
    assert not [code for code in told(state) if code.startswith("estimate.range")]
    assert estimated_briefly(state, GIVEN, TODAY) is None


@pytest.mark.parametrize("reason", [Withheld.SUSPENDED, Withheld.URGENT, Withheld.ENDED])
def test_a_reason_that_no_longer_holds_is_not_told(reason: Withheld) -> None:
    given = Told((saying(reason=reason),), None)
    assert told(QUEUED, given)[1] == "date.estimate_none"


def test_an_announced_date_leads_and_none_is_not_missed_beside_a_range() -> None:
    announced = case(RECEIVED, DateAnnounced(on=date(2026, 5, 12), reason="first"))
    assert told(announced)[:3] == ["date.announced", "estimate.range", "estimate.beside_announced"]
    assert told(QUEUED)[0] == "estimate.range"
    assert told(QUEUED, None)[0] == "date.none"
    late = told(announced, today=date(2026, 5, 13))
    assert late[0] == "date.announced_passed"
    assert "estimate.beside_announced" not in late


def test_how_often_the_target_is_met_stands_beside_it() -> None:
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), GIVEN, TODAY)
    assert found
    target = codes(found.after).index("date.target")
    assert found.after[target + 1] == Passage("estimate.met", {"tenths": 4, "weeks": 10})
    assert "estimate.met" not in told(QUEUED, Told((saying(),), None))
    assert "estimate.met" in told(QUEUED, Told((saying(),), Met(10, 30, 0)))


def test_who_is_late_is_told_when_the_next_word_comes() -> None:
    since = TODAY - timedelta(days=30)
    found = estimated(
        QUEUED, dates_of(QUEUED, LIMITS, TODAY), moved(Move.PASSED, late_since=since), TODAY
    )
    assert found
    assert found.lead[0] == Passage("estimate.late", {"next": since + 8 * WEEKS})
    assert codes(found.lead)[1] == "estimate.range"


def test_behind_an_alarm_moves_are_not_told() -> None:
    hidden = replace(saying(9, version=3, move=Move.SLOWER), reason=Withheld.PACE)
    first = replace(saying(8, version=2, move=Move.WITHHELD), reason=Withheld.PACE)
    found = estimated(
        QUEUED, dates_of(QUEUED, LIMITS, TODAY), Told((saying(), first, hidden), None), TODAY
    )
    assert found
    assert codes(found.moves) == ["estimate.first", "estimate.stopped.pace"]
    assert codes(found.lead) == ["estimate.withheld.pace"]


def test_a_range_within_one_week_names_it_once() -> None:
    monday = TODAY + timedelta(days=7 - TODAY.weekday())
    week = Range(monday, monday, monday + timedelta(6))
    assert told(QUEUED, Told((saying(range=week),), None))[0] == "estimate.week"


def test_the_basis_is_told_in_figures() -> None:
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), GIVEN, TODAY)
    night = TODAY - timedelta(1)
    assert found
    assert found.basis == (
        Passage(
            "estimate.counted", {"count": 212, "since": night - timedelta(729), "until": night}
        ),
        Passage("estimate.like.unit"),
        Passage("estimate.method"),
    )
    assert found.share[1] == Passage(
        "estimate.half", {"week": (TODAY + 4 * WEEKS).isocalendar().week}
    )
    nothing = Told((saying(level=Level.NONE),), MET)
    bare = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), nothing, TODAY)
    assert bare
    assert bare.basis == ()


def test_a_range_is_told_with_its_weeks_and_days() -> None:
    first, last = TODAY + WEEKS, TODAY + 6 * WEEKS
    assert estimated_briefly(QUEUED, GIVEN, TODAY) == Passage(
        "estimate.range",
        {
            "from_week": first.isocalendar().week,
            "to_week": last.isocalendar().week,
            "first": first,
            "last": last,
        },
    )
    begun = estimated_briefly(QUEUED, GIVEN, first + timedelta(3))
    assert begun
    assert begun.values["first"] == first + timedelta(3)  # today may still be the day


def test_the_list_says_why_there_is_no_range() -> None:
    withheld = Told((saying(reason=Withheld.TOO_FEW),), None)
    assert codes((estimated_briefly(QUEUED, withheld, TODAY),)) == ["estimate.withheld.too_few"]
    late = replace(withheld.now, late_since=TODAY - WEEKS)
    assert codes((estimated_briefly(QUEUED, Told((late,), None), TODAY),)) == ["estimate.late"]
    over = estimated_briefly(QUEUED, GIVEN, TODAY + 6 * WEEKS + timedelta(1))
    assert over
    assert over.code == "estimate.late"
    for state in (case(RECEIVED, UPHELD), case(RECEIVED, entered("zz_new"))):
        assert estimated_briefly(state, GIVEN, TODAY) is None
    assert estimated_briefly(QUEUED, None, TODAY) is None


@pytest.mark.parametrize("move", [Move.STAGE, Move.PASSED, Move.WAITED, Move.FASTER, Move.SLOWER])
def test_a_move_tells_what_was_said_before(move: Move) -> None:
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), moved(move), TODAY)
    before = {"first": TODAY - WEEKS, "last": TODAY + 4 * WEEKS, "said": TODAY}
    now = {"first": TODAY + 3 * WEEKS, "last": TODAY + 8 * WEEKS, "said": TODAY}
    old = {"old_first": before["first"], "old_last": before["last"]}
    assert found
    assert found.moves == (
        Passage("estimate.first", before),
        Passage(f"estimate.moved.{move}", now | old),
    )


@pytest.mark.parametrize("move", [Move.REOPENED, Move.RETURNED])
def test_what_begins_anew_is_not_compared(move: Move) -> None:
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), moved(move), TODAY)
    assert found
    assert codes(found.moves) == ["estimate.first", f"estimate.{move}"]


def test_what_is_said_again_is_no_move() -> None:
    again = Told((saying(), saying(version=2, move=Move.WAITED)), None)
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), again, TODAY)
    assert found
    assert found.moves == ()


def test_a_range_that_was_stopped_is_told_with_its_day() -> None:
    stopped = Told((saying(), saying(reason=Withheld.TOO_FEW, version=2)), None)
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), stopped, TODAY)
    assert found
    assert found.moves[1] == Passage("estimate.stopped.too_few", {"said": TODAY})
    ended = Told((saying(), saying(reason=Withheld.ENDED, version=2)), None)
    silent = estimated(QUEUED, dates_of(QUEUED, LIMITS, TODAY), ended, TODAY)
    assert silent
    assert silent.moves == ()


@given(
    st.integers(-6, 40),
    st.integers(0, 300),
    st.none() | st.sampled_from(Withheld),
    st.sampled_from(Move),
    st.sampled_from(Level),
)
def test_no_day_that_has_passed_is_told_as_one_to_come(
    weeks: int, after: int, reason: Withheld | None, move: Move, level: Level
) -> None:
    today = TODAY + timedelta(days=after)
    given = Told((saying(weeks, reason, move=move, level=level, spell=SPELL),), MET)
    found = estimated(QUEUED, dates_of(QUEUED, LIMITS, today), given, today)
    assert found
    assert found.lead
    for passage in passages((found.lead, found.share)):
        for name in ("first", "last", "next"):
            day = passage.values.get(name)
            assert not isinstance(day, date) or day >= today
    assert found.likely is any(code in {"estimate.range", "estimate.week"} for code in codes(found))
