"""What stands in an address: quarters, periods and units."""

from __future__ import annotations

import re

from portal.participation.words import Quarter
from portal.reports.words.reports import Period, ReportNotFound

QUARTER = re.compile(r"(20\d\d)-([1-4])")
PERIOD = re.compile(r"(20\d\d)(?:-h([12]))?")


def quarter_in(told: str) -> Quarter:
    """The quarter that is written 2026-3. Raises ReportNotFound."""
    found = QUARTER.fullmatch(told)
    if found is None:
        raise ReportNotFound
    return Quarter(int(found[1]), int(found[2]))


def named(quarter: Quarter) -> str:
    """How a quarter is written in an address."""
    return f"{quarter.year}-{quarter.number}"


def period_in(told: str) -> Period:
    """The period that is written 2026-h1 or 2026. Raises ReportNotFound."""
    found = PERIOD.fullmatch(told)
    if found is None:
        raise ReportNotFound
    return Period(int(found[1]), int(found[2]) if found[2] else None)


def periods(quarters: list[Quarter]) -> list[Period]:
    """The half-years and years that are over: their last quarter is closed. The newest first."""
    halves = [Period(one.year, one.number // 2) for one in quarters if one.number in {2, 4}]
    years = [Period(one.year) for one in quarters if one.number == 4]  # noqa: PLR2004 - the last of a year
    return sorted(halves + years, key=lambda one: (one.year, one.half or 3), reverse=True)
