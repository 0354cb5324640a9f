"""A case as Mit Overblik lists it: in one of five statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.rules import WORKING, overall
from portal.cases.words import Outcome, Stage
from portal.feed.words import Overview

if TYPE_CHECKING:
    from portal.cases.words import State

STATUSES = {
    Stage.REASSESSMENT: Overview.CREATED,  # the board has not received it yet
    Stage.QUEUED: Overview.CREATED,
    **dict.fromkeys(WORKING - {Stage.QUEUED}, Overview.IN_PROGRESS),
    Stage.DECIDED: Overview.DECIDED,
    Stage.RETURNED: Overview.DECIDED,
    Stage.CLOSED: Overview.ENDED,
}


def overview_of(state: State) -> Overview:
    """The status of a case.

    A case of which nothing is understood was created: that is all that is known to be true. One
    whose newest stage has no words stays where it was, unless a decision was told.
    """
    made = state.decision
    if made and overall(made.outcome, made.issues) == Outcome.DISMISSED:
        return Overview.DISMISSED
    if state.stage is Stage.CLOSED:
        return Overview.ENDED
    if made:  # also one with an outcome that has no words
        return Overview.DECIDED
    return STATUSES[state.stage] if state.stage else Overview.CREATED
