"""The last days that count for the reader, as far as they have not passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.telling.rules.asked import tasks
from portal.telling.words import DayKind, LastDay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.cases.words import State
    from portal.deadlines.words import Dates
    from portal.telling.words import Reader


def last_days(state: State, dates: Dates, reader: Reader, today: date) -> Iterator[LastDay]:
    for task in tasks(state, reader, today):
        if task.due is not None and not task.late:
            yield LastDay(task.key, task.due, DayKind.TASK)
    for kind, due in ((DayKind.COMPLAINT, dates.complaint), (DayKind.OMBUDSMAN, dates.ombudsman)):
        if due is not None and due.on is not None and not due.passed:
            yield LastDay(kind, due.on, kind)
