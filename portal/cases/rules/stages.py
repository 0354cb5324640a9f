"""Which stages are which."""

from __future__ import annotations

from portal.cases.words import Progress, Stage

STAGES = tuple(Stage)


# Stages that a case is worked on in. The others are told by events of their own.
WORKING = frozenset(
    {
        Stage.QUEUED,
        Stage.CLARIFICATION,
        Stage.HEARING,
        Stage.ASSESSMENT,
        Stage.MEETING,
    }
)


# Progress by OIO Sag that is a stage here.
PROGRESS: dict[str, Stage] = {Progress.ARISEN: Stage.QUEUED, Progress.INFORMED: Stage.ASSESSMENT}

# It says that there is a decision, and not which one: `decided` tells that.
PAST_DECISION = frozenset({Progress.DECIDED, Progress.ORDERED, Progress.CARRIED_OUT})

ENDED = frozenset({Stage.DECIDED, Stage.RETURNED, Stage.CLOSED})
