"""Who has opened a case, as it is shown. The audit log itself keeps every look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from portal.audit.words import Entry

ONE_VISIT = timedelta(minutes=30)  # a print, the events and this list belong to the same visit


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime  # of several looks the newest
    actor: str
    role: str | None
    mine: bool
    times: int = 1


def looks_of(entries: Iterable[Entry], me: UUID) -> list[Look]:
    """The entries, newest first, with the reader's own looks of one visit as one line."""
    shown: list[Look] = []
    visit: int | None = None  # the place of the line of the reader's visit
    for entry in entries:
        mine = entry.account == me
        if mine and visit is not None and shown[visit].at - entry.at <= ONE_VISIT:
            shown[visit] = replace(shown[visit], times=shown[visit].times + 1)
            continue
        if mine:
            visit = len(shown)
        shown.append(Look(entry.at, entry.actor, entry.role, mine))
    return shown
