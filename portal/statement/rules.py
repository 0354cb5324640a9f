"""From what was found to what is said: no better than it is, and never older than a year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.statement.words import GOOD_FOR_DAYS, MEETS, MEETS_MOST, Facts, Statement, Status

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from portal.statement.words import Summary


def statement(summary: Summary, facts: Facts, today: date, views: Collection[str]) -> Statement:
    """What the statement says on this day. A run that knew fewer views was not whole."""
    oldest = min(summary.ran_on, facts.gone_through)
    if not set(views) <= set(summary.views):
        summary = replace(summary, complete=False)
    return Statement(
        status=status(summary, facts),
        summary=summary,
        facts=facts,
        untested=untested(summary, facts),
        stale=(today - oldest).days > GOOD_FOR_DAYS,
    )


def status(summary: Summary, facts: Facts) -> Status:
    """The level. No program alone brings a site to the best one: people must have tried it."""
    if summary.points is None:
        return Status.PARTLY
    if summary.points < MEETS_MOST:
        return Status.NOT
    faultless = summary.complete and not summary.failed and not facts.known
    seen = facts.tried_by_people is not None and facts.audited is not None
    if faultless and seen and summary.points >= MEETS:
        return Status.FULLY
    return Status.PARTLY


def untested(summary: Summary, facts: Facts) -> tuple[str, ...]:
    """What nobody has tried yet, by the names of the texts."""
    found = {
        "people": facts.tried_by_people is None,
        "audit": facts.audited is None,
        "pages": not summary.complete,
        "programs": True,  # a program finds some of the faults, however well it did
    }
    return tuple(name for name, yes in found.items() if yes)
