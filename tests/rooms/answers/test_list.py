from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest

from portal.answers.rules import FIRST, GRACE, cohorts_of, open_cohort
from portal.answers.words import ClosedCohort, UnknownCohort, WrongList
from portal.blind.rules import public_der
from tests.rooms.answers.tickets import NAME, cohorts, key_of, line, listed

OTHER = "2026-3-other"


def test_a_list_is_read() -> None:
    found = cohorts_of(listed([NAME, OTHER]))
    assert list(found) == [NAME, OTHER]
    cohort = found[NAME]
    assert cohort.key == public_der(key_of(NAME).public)
    assert (cohort.issue_from, cohort.issue_until, cohort.redeem_until) == (
        date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 28),
    )  # fmt: skip


def test_a_list_that_nobody_has_written_to_is_empty() -> None:
    assert cohorts_of("") == {}


def test_a_changed_line_is_found_at_the_next() -> None:
    first, second, _ = listed([NAME, OTHER]).split("\n")
    changed = json.dumps(json.loads(first) | {"issue_from": "2026-07-02"})
    with pytest.raises(WrongList, match=r"^line 2: the hash is not that of the line before$"):
        cohorts_of(f"{changed}\n{second}\n")


def test_a_line_that_was_taken_away_is_found() -> None:
    _, second, _ = listed([NAME, OTHER]).split("\n")
    with pytest.raises(WrongList, match=r"^line 1: the hash is not that of the line before$"):
        cohorts_of(second)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"cohort": "2026-5-aids"}, "<year>-<quarter>-<group>"),
        ({"cohort": "2026-3-Aids"}, "<year>-<quarter>-<group>"),
        ({"cohort": "2026-3-aids\n"}, "<year>-<quarter>-<group>"),
        ({"issue_from": "2027-01-01"}, "out of order"),
        ({"redeem_until": "2026-12-30"}, "out of order"),
        ({"redeem_until": None}, "Expected `date`, got `null`"),
        ({"issue_from": "July"}, "Invalid RFC3339"),
        ({"key": "a"}, "not a public key"),
        ({"key": "QUJD"}, "not a public key"),
        ({"person": 1}, "unknown field `person`"),
    ],
)
def test_a_line_that_says_something_else_is_refused(other: dict[str, object], why: str) -> None:
    with pytest.raises(WrongList, match=r"^line 1: .*") as caught:
        cohorts_of(line(NAME, FIRST, **other))
    assert why in str(caught.value)


@pytest.mark.parametrize("text", ["\n", "{", "[]", '"\ud800"', f"{'x' * (5 << 20)}"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(WrongList, match=r"^line 1: "):
        cohorts_of(text)


@pytest.mark.parametrize(("name", "why"), [(NAME, "cohort was named"), (OTHER, "key was named")])
def test_nothing_is_named_twice(name: str, why: str) -> None:
    first = line(NAME, FIRST)
    key = json.loads(first)["key"]
    second = line(name, sha256(first.encode()).hexdigest(), key=key)
    with pytest.raises(WrongList, match=f"^line 2: this {why}"):
        cohorts_of(f"{first}\n{second}")


def test_a_cohort_is_open_for_a_day_more_on_both_sides() -> None:
    known = cohorts()
    first, last = known[NAME].issue_from - GRACE, known[NAME].redeem_until + GRACE
    for day in (first, last, date(2026, 11, 22)):
        assert open_cohort(known, NAME, day) is known[NAME]
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(ClosedCohort):
            open_cohort(known, NAME, day)
    with pytest.raises(UnknownCohort):
        open_cohort(known, OTHER, last)
