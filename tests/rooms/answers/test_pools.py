from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.rules.pools import LEAST, entries_of, is_ripe, packed, together, unpacked
from portal.answers.rules.quarters import is_over, poured
from portal.answers.words import Pool, Ratings
from tests.rooms.answers.tickets import cohorts, content

NUMBERS = count()


def pool(size: int) -> Pool:
    """A pool of so many answers, no two of them the same."""
    return together(
        Pool((Ratings(f"{next(NUMBERS):032x}", "2026-1", "da", {}, {}),)) for _ in range(size)
    )


def sizes(pools: dict[str, Pool]) -> dict[str, int]:
    return {name: len(one.ratings) for name, one in pools.items() if one != Pool()}


def test_an_answer_is_taken_apart() -> None:
    keys = iter("edcba")
    taken = entries_of(content(better="Skriv kortere.", well="Venligt.", blank=" \n"), keys)
    assert [one.key for one in taken.ratings] == ["e"]
    assert {(one.question, one.key) for one in taken.texts} == {("better", "d"), ("well", "c")}
    assert "Skriv" not in repr(taken)
    assert "high" not in repr(taken)


def test_codes_stand_in_one_order_whatever_was_answered_first() -> None:
    forth, back = content(), content()
    object.__setattr__(back, "ratings", dict(reversed(list(back.ratings.items()))))
    assert packed(entries_of(forth, iter("a"))) == packed(entries_of(back, iter("a")))


def test_a_pool_is_the_same_bytes_whatever_came_first() -> None:
    answers = [
        entries_of(content(str(n), more=f"t{n}"), iter((f"{n}a", f"{n}b"))) for n in range(20)
    ]
    one = packed(together(answers))
    assert one == packed(together(reversed(answers)))
    assert one == packed(together([together(answers[::2]), together(answers[1::2])]))
    assert unpacked(one) == together(answers)


def test_nothing_is_no_bytes() -> None:
    assert packed(Pool()) == b""
    assert unpacked(b"") == Pool()
    with pytest.raises(msgspec.MsgspecError):
        unpacked(b"{")


def test_ten_are_enough() -> None:
    assert LEAST == 10
    assert not is_ripe(pool(9))
    assert is_ripe(pool(10))


def test_a_cohort_is_over_when_no_wrong_clock_can_open_it() -> None:
    known = cohorts("2026-3-aids")
    for name in ("2026-3-aids", "2026-3-all"):  # one is listed; of the other the quarter says it
        assert not is_over(name, known, date(2027, 1, 30))
        assert is_over(name, known, date(2027, 1, 31))
    assert is_over("2025-4-all", {}, date(2026, 5, 1))
    assert not is_over("2025-4-all", {}, date(2026, 4, 30))


OPEN, OVER = date(2027, 1, 28), date(2027, 2, 1)
AIDS, HOME, OTHER, ALL = "2026-3-aids", "2026-3-home", "2026-3-other", "2026-3-all"


def test_few_answers_wait_while_more_may_come() -> None:
    before = {AIDS: pool(3)}
    assert poured(before, cohorts(AIDS), OPEN) == before


def test_what_is_left_of_a_quarter_goes_to_its_widest_pool() -> None:
    before = {AIDS: pool(3), HOME: pool(10), OTHER: pool(7)}
    assert sizes(poured(before, cohorts(AIDS, HOME, OTHER), OVER)) == {HOME: 10, OTHER: 10}
    before = {AIDS: pool(3), HOME: pool(7)}
    assert sizes(poured(before, cohorts(AIDS, HOME), OVER)) == {ALL: 10}


def test_what_is_still_too_little_is_carried_on() -> None:
    before = {AIDS: pool(3), HOME: pool(4), OTHER: pool(2)}
    listed = cohorts(AIDS, HOME, OTHER)
    assert sizes(poured(before, listed, OVER)) == {"2026-4-all": 9}
    listed |= cohorts("2026-4-other")
    assert sizes(poured(before, listed, OVER)) == {"2026-4-other": 9}
    assert sizes(poured(before, listed, OVER + timedelta(days=365))) == {"2027-4-all": 9}


@given(
    st.dictionaries(
        st.builds("202{}-{}-{}".format, st.integers(5, 7), st.integers(1, 4),
                  st.sampled_from(["aids", "home", "other", "all"])),
        st.integers(0, 15).map(pool),
    ),
    st.dates(date(2025, 1, 1), date(2029, 1, 1)),
)  # fmt: skip
def test_pouring_loses_and_doubles_nothing(pools: dict[str, Pool], today: date) -> None:
    after = poured(pools, {}, today)
    for one in after:
        assert after[one] == Pool() or is_ripe(after[one]) or not is_over(one, {}, today)
    keys = sorted(one.key for found in pools.values() for one in found.ratings)
    assert sorted(one.key for found in after.values() for one in found.ratings) == keys
    for name, pool_before in pools.items():
        if is_ripe(pool_before):
            kept = {one.key for one in pool_before.ratings}
            assert kept <= {one.key for one in after[name].ratings}
