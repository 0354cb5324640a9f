"""What may be said of a change, and when. Pure: values in, values out."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from portal.changes.words import (
    Change,
    IdeaState,
    Moved,
    Proposal,
    Published,
    Share,
    Status,
    TextState,
    Told,
    Verdict,
)
from portal.participation.words import Quarter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from portal.changes.words import Known, Plan

PUBLIC = frozenset({Status.UNDER_WAY, Status.DONE})  # what is only planned is promised to nobody
QUARTER = re.compile(r"(20\d\d)-([1-4])")
ON_A_CASE = 2  # changes on the page of a case

MOVES: dict[Status, tuple[Status, ...]] = {
    Status.PLANNED: (Status.UNDER_WAY, Status.DONE, Status.DROPPED),
    Status.UNDER_WAY: (Status.DONE, Status.PLANNED, Status.DROPPED),
    Status.DONE: (Status.UNDER_WAY,),
    Status.DROPPED: (Status.PLANNED,),
}


def quarter_named(name: str) -> Quarter | None:
    """The quarter that is written 2026-3; None where it is not written so."""
    found = QUARTER.fullmatch(name)
    return Quarter(int(found[1]), int(found[2])) if found else None


def name_of(quarter: Quarter) -> str:
    """How a quarter is written in an address and in the database."""
    return f"{quarter.year}-{quarter.number}"


def is_overdue(change: Change, today: date) -> bool:
    """Whether the day has passed and nothing has come of it yet."""
    return change.due < today and change.status in {Status.PLANNED, Status.UNDER_WAY}


def unfilled(texts: Mapping[str, Told], views: Iterable[str]) -> tuple[str, ...]:
    """The views that lack a title, what was said, or what was done."""
    return tuple(view for view in views if not _is_whole(texts.get(view)))


def _is_whole(told: Told | None) -> bool:
    return told is not None and all(map(str.strip, (told.title, told.said, told.did)))


def is_public(status: Status, state: TextState) -> bool:
    """Whether citizens read of it: nothing is said that is not done, or at least under way."""
    return state is TextState.PUBLISHED and status in PUBLIC


def for_case(found: Iterable[Published], group: str, every: int) -> list[Published]:
    """The changes that the page of a case tells: first those of its own coarse area.

    `every` is how many coarse areas there are: what is for all of them is the whole agency's.
    """
    mine = [one for one in found if group in one.groups]
    ranked = sorted(mine, key=lambda one: (len(one.groups) >= every, not one.done))
    return ranked[:ON_A_CASE]


def followed(code: str, themes: Mapping[str, tuple[str, Sequence[str]]]) -> str | None:
    """The theme that this one has become; None where it was split or dropped, or never was.

    `themes` has the state of each and what it went into.
    """
    seen: set[str] = set()
    while code in themes and code not in seen:
        state, into = themes[code]
        if state == "active":
            return code
        if state != "merged" or len(into) != 1:
            return None
        seen.add(code)
        code = into[0]
    return None


def moved(before: Share | None, after: Share | None, *, closed: bool) -> Moved:
    """Whether the two differ beyond chance. `closed`: the later quarter's figures are there."""
    if before is None:
        return Moved(None, after, Verdict.HIDDEN)
    if after is None:
        return Moved(before, None, Verdict.HIDDEN if closed else Verdict.WAITING)
    low, high = difference(before, after)
    verdict = Verdict.HIGHER if low > 0 else Verdict.LOWER if high < 0 else Verdict.ALIKE
    return Moved(before, after, verdict)


def difference(before: Share, after: Share) -> tuple[float, float]:
    """The interval of 95 % around the difference of two shares, by Newcombe's method 10."""
    apart = after.share - before.share
    down = math.hypot(after.share - after.low, before.high - before.share)
    up = math.hypot(after.high - after.share, before.share - before.low)
    return apart - down, apart + up


def plan_faults(plan: Plan, known: Known, today: date, old: Plan | None = None) -> dict[str, str]:
    """What cannot be of a change: each field with a code.

    What it has had before may stay: a day that has come, an office that has closed since.
    """
    what = plan.indicator
    faults = {
        "theme": "theme" if followed(plan.theme, known.themes) is None else "",
        "unit": "unknown" if plan.unit not in known.units else "",
        "due": "past" if plan.due < today else "",
        "measure": "unknown" if what.measure not in known.measures else "",
        "measured_unit": "unknown" if what.unit not in known.units else "",
        "outcome": "unknown" if what.outcome not in known.outcomes else "",
        "before": "not_closed" if what.before not in known.quarters else "",
        "after": "order" if what.after and what.after <= what.before else "",
    }
    kept = _same(plan, old) if old else frozenset()
    return {name: code for name, code in faults.items() if code and name not in kept}


def _same(plan: Plan, old: Plan) -> frozenset[str]:
    """What is said as it was said before."""
    parts = ("theme", "unit", "due")
    same = {name for name in parts if getattr(plan, name) == getattr(old, name)}
    if plan.indicator.unit == old.indicator.unit:
        same.add("measured_unit")
    return frozenset(same)


def proposal_faults(
    proposal: Proposal, units: Iterable[str], changes: Iterable[UUID]
) -> dict[str, str]:
    """What cannot be of an idea: each field with a code."""
    faults: dict[str, str] = {}
    if not set(proposal.units) <= set(units):
        faults["units"] = "unknown"
    if proposal.change is not None and proposal.change not in set(changes):
        faults["change"] = "unknown"
    if proposal.state is IdeaState.CLOSED and not proposal.reason:
        faults["reason"] = "missing"
    return faults
