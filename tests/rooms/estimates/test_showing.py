"""What of an estimate is shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.estimates.rules.showing import ahead, next_said, range_from, withheld_because
from portal.estimates.words import Level, Move, Range, Remaining, Said, Withheld

TODAY = date(2026, 3, 4)  # a Wednesday
SPELL = date(2026, 1, 1)
SILENT = Said(None, Withheld.PACE, "queued", SPELL)
days = st.floats(0, 3000)
dates = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def told(low: float, middle: float, high: float) -> Remaining:
    return Remaining(low, middle, high, Level.AREA, 40)


def said(low: int, high: int, stage: str = "queued", spell: date = SPELL) -> Said:
    shown = range_from(told(low, (low + high) / 2, high), TODAY)
    return Said(shown, None, stage, spell)


@given(st.tuples(days, days, days), dates)
def test_whole_weeks_in_the_future(found: tuple[float, float, float], today: date) -> None:
    low, middle, high = sorted(found)
    shown = range_from(told(low, middle, high), today)
    assert shown is not None
    assert today < shown.first <= shown.middle <= shown.last
    assert shown.last.weekday() == 6
    assert shown.first.weekday() == 0 or shown.first == today + timedelta(1)
    assert (shown.last - shown.first).days >= 6
    assert shown.first <= today + timedelta(days=max(low, 1))
    assert shown.last >= today + timedelta(days=high)


def test_it_is_rounded_outward() -> None:
    shown = range_from(told(14.2, 30, 47.5), TODAY)
    assert shown == Range(date(2026, 3, 16), date(2026, 4, 3), date(2026, 4, 26))


def test_without_an_estimate_nothing_is_shown() -> None:
    assert range_from(Remaining(None, None, None, Level.NONE, 0, Withheld.TOO_FEW), TODAY) is None
    assert range_from(told(10, 20, 1e5), TODAY) is None


def test_a_move_under_a_week_is_not_shown() -> None:
    before = said(28, 70)
    assert before.range is not None
    nearly = Range(before.range.first + timedelta(6), before.range.middle,
                   before.range.last - timedelta(6))  # fmt: skip
    now, move = next_said(before, Said(nearly, None, "queued", SPELL), TODAY)
    assert move is None
    assert now == before


@pytest.mark.parametrize(
    ("before", "now", "move"),
    [
        (None, said(28, 70), Move.FIRST),
        (said(28, 70), said(28, 84), Move.SLOWER),
        (said(28, 70), said(28, 56), Move.FASTER),
        (said(28, 70), said(21, 84, stage="hearing"), Move.STAGE),
        (said(28, 70), said(28, 70, spell=TODAY), Move.REOPENED),
        (SILENT, said(28, 70), Move.RETURNED),
        (Said(None, Withheld.ENDED, "queued", SPELL), said(28, 70, spell=TODAY), Move.REOPENED),
        (said(28, 70), SILENT, Move.WITHHELD),
        (SILENT, Said(None, Withheld.PACE, "hearing", SPELL), None),
        (SILENT, Said(None, Withheld.PACE, "queued", TODAY), Move.WITHHELD),
        (Said(Range(SPELL, SPELL, TODAY), None, "queued", SPELL), said(28, 70), Move.PASSED),
    ],
)  # fmt: skip
def test_each_move_has_its_reason(before: Said | None, now: Said, move: Move | None) -> None:
    assert next_said(before, now, TODAY)[1] is move


def test_what_waiting_alone_has_moved_is_told_apart() -> None:
    before = said(28, 70)
    assert next_said(before, said(28, 84), TODAY, again=before.range)[1] is Move.WAITED
    assert next_said(before, said(28, 84), TODAY, again=said(28, 84).range)[1] is Move.SLOWER


def test_a_range_that_was_told_is_never_in_the_past() -> None:
    shown = said(0, 28).range
    assert shown is not None
    later = ahead(shown, TODAY + timedelta(14))
    assert later is not None
    assert later.first == TODAY + timedelta(15)
    assert ahead(shown, shown.last) is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ((True, True, True), Withheld.ENDED),
        ((False, True, True), Withheld.SUSPENDED),
        ((False, False, True), Withheld.URGENT),
        ((False, False, False), Withheld.PACE),
    ],
)
def test_the_nearest_reason_is_told(facts: tuple[bool, bool, bool], reason: Withheld) -> None:
    ended, suspended, urgent = facts
    told_reason = withheld_because(ended=ended, suspended=suspended, urgent=urgent,
                                   alarm=Withheld.PACE, own=Withheld.TOO_FEW)  # fmt: skip
    assert told_reason is reason
