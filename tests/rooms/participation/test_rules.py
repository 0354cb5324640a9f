"""Quarters, cohorts, and the list that is only ever added to."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.answers.rules import cohorts_of
from portal.blind.rules import blind_sign, finalize, public_der
from portal.cases.words import Area, Decision, Role, SeenCase, State
from portal.participation.rules import (
    GROUP_OF,
    LEAST,
    appended,
    decided_of,
    group_of,
    is_open,
    merged,
    plans_of,
    quarter_of,
    veiled,
)
from portal.participation.words import Group, Listed, Quarter
from tests.rooms.blind.keys import key
from tests.rooms.participation.decisions import decided

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
COUNTS = st.dictionaries(st.sampled_from([str(group) for group in Group]), st.integers(0, 120))
DECISION = Decision(date(2026, 11, 2), "upheld", None, (), None, None)


@given(DAYS)
def test_each_day_is_in_one_quarter(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.before.last + timedelta(days=1) == quarter.first
    assert quarter.after.first - timedelta(days=1) == quarter.last
    assert quarter.after.before == quarter.before.after == quarter
    assert quarter.before < quarter < quarter.after


def test_quarters_have_their_days() -> None:
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
    )
    assert Quarter(2028, 1).last == date(2028, 3, 31)
    assert Quarter(2026, 4).after == Quarter(2027, 1)
    assert Quarter(2026, 1).before == Quarter(2025, 4)


def test_every_area_has_a_coarse_one() -> None:
    assert set(GROUP_OF) == set(Area)
    assert group_of("zz_new") is group_of(None) is Group.OTHER


@given(COUNTS)
def test_each_cohort_has_enough_and_each_group_one(counts: dict[str, int]) -> None:
    cohorts = merged(counts)
    total = sum(counts.values())
    assert bool(cohorts) == (total >= LEAST)
    if cohorts:
        assert sorted(group for groups in cohorts.values() for group in groups) == sorted(Group)
    for groups in cohorts.values():
        assert sum(counts.get(group, 0) for group in groups) >= LEAST


@pytest.mark.parametrize(
    ("counts", "cohorts"),
    [
        ({}, {}),
        ({"disability": 49}, {}),
        ({"disability": 30, "children": 20}, {"all": set(Group)}),
        ({"disability": 50}, {"disability": set(Group)}),
        ({"disability": 50, "other": 50}, {"disability": {"disability"}, "other": {
            "employment", "benefits", "children", "work_injury", "boards", "other"}}),
        ({"disability": 51, "children": 50, "boards": 49}, {"disability": {"disability"},
            "children": set(Group) - {"disability"}}),
        ({"other": 50}, {"all": set(Group)}),
    ],
)  # fmt: skip
def test_small_groups_are_merged(counts: dict[str, int], cohorts: dict[str, set[str]]) -> None:
    assert {name: set(groups) for name, groups in merged(counts).items()} == cohorts


def test_a_cohort_lasts_for_its_quarter_and_the_next_and_four_weeks() -> None:
    (plan,) = plans_of(Quarter(2026, 4), {"children": 50})
    assert plan.name == "2026-4-children"
    assert (plan.issue_from, plan.issue_until) == (date(2026, 10, 1), date(2027, 3, 31))
    assert plan.redeem_until == date(2027, 4, 28)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_tokens_are_issued_in_the_quarter_and_the_next(today: date, *, expected: bool) -> None:
    one = decided(UUID(int=1), UUID(int=2), on=date(2026, 11, 2))
    assert is_open(one, today) is expected


def seen(state: State) -> SeenCase:
    return SeenCase(UUID(int=1), "s", "26-1", state, Role.PARTY, UUID(int=2), ())


def test_a_decision_is_numbered_by_those_before_it() -> None:
    assert decided_of(seen(State())) is None
    first = decided_of(seen(State(decision=DECISION, area="aids")))
    assert first == decided(UUID(int=1), UUID(int=2), on=DECISION.on)
    again = decided_of(seen(State(decision=DECISION, earlier_decisions=(DECISION,))))
    assert again is not None
    assert again.number == 2


def listed(number: int) -> Listed:
    quarter = Quarter(2026 + number, 1)
    der = public_der(key(number).public)
    until = quarter.after.last
    return Listed(f"{quarter.year}-1-all", der, quarter.first, until, until + timedelta(days=28))


def test_the_list_is_added_to_and_never_rewritten() -> None:
    one = appended("", [listed(0)])
    two = appended(one, [listed(1), listed(2)])
    assert two.startswith(one)
    assert appended(two, []) == two
    assert list(cohorts_of(two)) == ["2026-1-all", "2027-1-all", "2028-1-all"]
    assert cohorts_of(two)["2027-1-all"].key == listed(1).key


def test_each_line_holds_the_hash_of_the_one_before() -> None:
    lines = appended("", [listed(0), listed(1)]).splitlines()
    assert json.loads(lines[0])["previous"] == "0" * 64
    assert json.loads(lines[1])["previous"] == hashlib.sha256(lines[0].encode()).hexdigest()


def test_a_veil_made_of_a_seed_is_as_good_as_any() -> None:
    public, seed = key().public, bytes(range(32))
    prepared, blinded, inverse = veiled(public, seed)
    assert len(prepared) == 64
    assert finalize(public, prepared, blind_sign(key(), blinded), inverse)


def test_the_same_seed_gives_the_same_and_another_nothing_alike() -> None:
    public = key().public
    one, other = veiled(public, bytes(32)), veiled(public, bytes(31) + b"\1")
    assert one == veiled(public, bytes(32))
    assert not set(one) & set(other)
    assert veiled(key(1).public, bytes(32)).blinded != one.blinded
