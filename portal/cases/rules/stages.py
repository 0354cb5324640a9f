"""Which stages are which."""

from __future__ import annotations

from portal.cases.words import Stage

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


ENDED = frozenset({Stage.DECIDED, Stage.RETURNED, Stage.CLOSED})
