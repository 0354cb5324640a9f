"""The rules about time are data with a source, and the file says what the field's papers say."""

from __future__ import annotations

import pytest

from portal.cases.words import Area
from portal.deadlines.queries import limits
from portal.deadlines.words import Basis, Limit

BY_CODE = {limit.code: limit for limit in limits()}


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: limit.code)
def test_every_rule_names_its_source_its_start_and_a_length(limit: Limit) -> None:
    assert limit.source
    assert limit.valid_from.year >= 1990
    assert bool(limit.weeks) != bool(limit.years)


@pytest.mark.parametrize("limit", limits(), ids=lambda limit: limit.code)
def test_every_area_of_a_rule_is_one_the_portal_knows(limit: Limit) -> None:
    assert {*limit.areas, *limit.except_areas} <= set(Area)


@pytest.mark.parametrize(
    ("code", "weeks", "years", "basis"),
    [
        ("reassessment", 4, None, Basis.EACH),
        ("ten_weeks", 10, None, Basis.EACH),
        ("thirteen_weeks", 13, None, Basis.AVERAGE),
        ("ombudsman", None, 1, Basis.EACH),
    ],
)
def test_the_lengths_are_those_of_the_sources(
    code: str, weeks: int | None, years: int | None, basis: Basis
) -> None:
    limit = BY_CODE[code]
    assert (limit.weeks, limit.years, limit.basis) == (weeks, years, basis)


def test_no_area_has_two_targets() -> None:
    each, average = BY_CODE["ten_weeks"].areas, BY_CODE["thirteen_weeks"].areas
    assert not set(each) & set(average)
