"""Which look-ups in the log need a reason in writing, and what stands out in it."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from portal.audit.words import Outstanding, Sought, Standing, Unusual
from portal.clock import day_of, is_working_day, local

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from portal.audit.words import Search

OLD = timedelta(days=31)
MOST_AN_HOUR = 20  # look-ups of one person
OPENS, CLOSES = 7, 18  # between them somebody may well be at work
DAWN, NIGHTFALL = 6, 22
MANY_CASES = 10  # of one account within an hour
HOUR = timedelta(hours=1)


class Seen(NamedTuple):
    """That somebody did something, with which case if it was about one."""

    at: datetime
    actor: str
    account: UUID
    case: UUID | None = None


def unusual(search: Search, by: UUID, now: datetime, within_an_hour: int) -> list[Unusual]:
    """What is unusual about a look-up of this account, after so many others."""
    found = []
    if search.what is Sought.ACCOUNT:
        found.append(Unusual.OWN if search.account == by else Unusual.ACCOUNT)
    if search.day is not None and search.day < day_of(now - OLD):
        found.append(Unusual.OLD)
    if not is_working_day(day_of(now)) or not OPENS <= local(now).hour < CLOSES:
        found.append(Unusual.HOURS)
    if within_an_hour >= MOST_AN_HOUR:
        found.append(Unusual.MANY)
    return found


def at_night(seen: Iterable[Seen]) -> list[Outstanding]:
    """Who was here at night, by account; the most busy first."""
    found: dict[UUID, Outstanding] = {}
    for one in seen:
        if DAWN <= local(one.at).hour < NIGHTFALL:
            continue
        known = found.get(one.account)
        newest, count = (max(known.at, one.at), known.count + 1) if known else (one.at, 1)
        found[one.account] = Outstanding(Standing.NIGHT, one.actor, one.account, newest, count)
    return sorted(found.values(), key=lambda one: -one.count)


def many_at_once(seen: Iterable[Seen]) -> list[Outstanding]:
    """Who opened many cases within an hour: of each account the busiest hour. In order of time."""
    lately: dict[UUID, deque[Seen]] = {}
    found: dict[UUID, Outstanding] = {}
    for one in seen:
        last = lately.setdefault(one.account, deque())
        last.append(one)
        while one.at - last[0].at > HOUR:
            last.popleft()
        count = len({each.case for each in last if each.case is not None})
        known = found.get(one.account)
        if count >= MANY_CASES and (known is None or count > known.count):
            told = Outstanding(Standing.MANY, one.actor, one.account, last[0].at, count)
            found[one.account] = told
    return sorted(found.values(), key=lambda one: -one.count)
