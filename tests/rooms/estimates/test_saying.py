"""What is said from night to night of one case, whatever the model says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from portal.estimates.rules.log import log_of
from portal.estimates.rules.saying import ALARMS, Night, after, said_tonight
from portal.estimates.rules.showing import range_from
from portal.estimates.words import Level, Move, Remaining, Saying, Withheld

START = date(2026, 3, 4)
remains = st.none() | st.tuples(st.floats(0, 400), st.floats(0, 400), st.floats(0, 400))
nights = st.lists(
    st.tuples(
        st.integers(1, 40),  # days since the night before
        remains,
        st.sampled_from([None, *ALARMS]),
        st.sampled_from(["queued", "hearing"]),
        st.integers(0, 1),  # which spell
    ),
    min_size=1,
    max_size=12,
)


def plain(night: date, found: tuple[float, ...] | None, alarm: Withheld | None, stage: str,
          spell: int) -> Saying:  # fmt: skip
    """What a night's model says of the case by itself."""
    low, middle, high = sorted(found or (0.0, 0.0, 0.0))
    told = range_from(Remaining(low, middle, high, Level.AREA, 40), night) if found else None
    return Saying(
        version=1, night=night, spell=START + timedelta(spell), stage=stage, area="car", unit="x",
        age=3, range=told, reason=alarm if told else Withheld.TOO_FEW, move=Move.FIRST,
        level=Level.AREA, closings=40, never=0.0, late_since=None,
    )  # fmt: skip


@given(nights)
def test_a_history_of_sayings_holds_together(
    played: list[tuple[int, tuple[float, float, float] | None, Withheld | None, str, int]],
) -> None:
    night, last, count = START, None, 0
    for days, found, alarm, stage, spell in played:
        night += timedelta(days)
        new = after(last, plain(night, found, alarm, stage, spell))
        if new is None:
            assert last
            assert last.shown is None or last.shown.last > night
            continue
        count += 1
        assert new.version == count
        assert new.shown is None or new.shown.first > night
        assert new.range is None or new.range.first <= new.range.middle <= new.range.last
        assert (new.reason is None) == (new.shown is not None)
        assert new.move in _allowed(last, new)
        if last and new.late_since and last.spell == new.spell:
            assert new.late_since <= night
            assert last.late_since in {None, new.late_since}
        last = new


def _allowed(last: Saying | None, new: Saying) -> set[Move]:
    if new.shown is None and (last is None or last.reason != new.reason or last.spell != new.spell):
        return {Move.WITHHELD}
    if last is None:
        return {Move.FIRST}
    if last.spell != new.spell:
        return {Move.REOPENED}
    if last.shown is None and new.shown:
        return {Move.RETURNED}
    return {Move.PASSED, Move.STAGE, Move.WAITED, Move.FASTER, Move.SLOWER, Move.RETURNED,
            Move.WITHHELD}  # fmt: skip


def test_the_same_again_is_not_said_again() -> None:
    one = plain(START, (20.0, 40.0, 80.0), None, "queued", 0)
    first = after(None, one)
    assert first
    assert after(first, replace(one, night=START + timedelta(1))) is None
    hidden = after(first, replace(one, night=START + timedelta(1), reason=Withheld.PACE))
    assert hidden
    assert (hidden.move, hidden.shown, hidden.range) == (Move.WITHHELD, None, one.range)
    later = plain(START + timedelta(2), (20.0, 40.0, 130.0), Withheld.PACE, "queued", 0)
    moved = after(hidden, later)
    assert moved
    assert (moved.version, moved.move, moved.reason) == (3, Move.SLOWER, Withheld.PACE)


def test_the_first_upper_date_that_passed_is_kept() -> None:
    first = after(None, plain(START, (1.0, 5.0, 9.0), None, "queued", 0))
    assert first
    assert first.range
    passed = first.range.last
    second = after(first, plain(passed, (1.0, 5.0, 9.0), None, "queued", 0))
    assert second
    assert (second.move, second.late_since) == (Move.PASSED, passed)
    third = after(second, plain(passed + timedelta(40), (1.0, 5.0, 9.0), None, "hearing", 0))
    assert third
    assert third.late_since == passed
    anew = after(third, plain(passed + timedelta(80), (1.0, 5.0, 9.0), None, "queued", 1))
    assert anew
    assert anew.late_since is None


def test_where_there_is_no_case_there_is_nothing_to_say() -> None:
    none = log_of([], START)
    assert said_tonight(Night(START, none, None, {}), np.array([], np.int64), []) == []
