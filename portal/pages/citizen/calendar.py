"""The calendar file: the last days that count for the reader of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from portal.clock import day_of
from portal.pages.shell import gettext, view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from portal.cases.words import SeenCase
    from portal.deadlines.words import Dates
    from portal.pages.prose import Speaker
    from portal.telling.words import CasePage

REMIND_BEFORE = timedelta(days=2)


def calendar_of(
    case: SeenCase, page: CasePage, dates: Dates, say: Speaker, now: datetime
) -> bytes | None:
    """An iCalendar file (RFC 5545) with one all-day entry for each last day still to come.

    None where there is no such day: a calendar without an entry is none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Indblik//da")
    calendar.add("version", "2.0")
    for key, day, title in _days(page, dates, say):
        if day >= day_of(now):
            calendar.add_component(_entry(f"{case.id}-{key}@indblik", day, title, now))
    return bytes(calendar.to_ical()) if calendar.subcomponents else None


def _days(page: CasePage, dates: Dates, say: Speaker) -> Iterator[tuple[str, date, str]]:
    for task in page.tasks:
        if task.due:
            yield task.key, task.due, say.plain(task.what)
    if dates.ombudsman and dates.ombudsman.on:
        yield "ombudsman", dates.ombudsman.on, gettext("case.calendar.ombudsman")


def _entry(key: str, day: date, title: str, now: datetime) -> Event:
    entry = Event()
    entry.add("uid", key)
    entry.add("dtstamp", now)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", title, parameters={"LANGUAGE": view().lang})
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -REMIND_BEFORE)
    entry.add_component(alarm)
    return entry
