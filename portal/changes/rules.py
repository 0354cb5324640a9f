"""What may be said of a change, and when. Pure: values in, values out."""

from __future__ import annotations

import math
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

PUBLIC = frozenset({Status.UNDER_WAY, Status.DONE})  # what is only planned is promised to nobody
ON_A_CASE = 2  # changes on the page of a case

MOVES: dict[Status, tuple[Status, ...]] = {
    Status.PLANNED: (Status.UNDER_WAY, Status.DONE, Status.DROPPED),
    Status.UNDER_WAY: (Status.DONE, Status.PLANNED, Status.DROPPED),
    Status.DONE: (Status.UNDER_WAY,),
    Status.DROPPED: (Status.PLANNED,),
}


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


def proposal_faults(proposal: Proposal, units: Iterable[str]) -> dict[str, str]:
    """What cannot be of an idea: each field with a code."""
    faults: dict[str, str] = {}
    if not set(proposal.units) <= set(units):
        faults["units"] = "unknown"
    if proposal.state is IdeaState.CLOSED and not proposal.reason:
        faults["reason"] = "missing"
    return faults
