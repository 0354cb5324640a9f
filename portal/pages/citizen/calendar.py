"""The calendar file: the last days that count for the reader of a case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from icalendar import Alarm, Calendar, Event

from portal.pages.shell import gettext, view

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.cases.words import SeenCase
    from portal.telling.words import CasePage, DayKind

REMIND_BEFORE = timedelta(days=2)


def calendar_of(case: SeenCase, page: CasePage, now: datetime) -> bytes | None:
    """An iCalendar file (RFC 5545) with one all-day entry for each last day still to come.

    None where there is no such day: a calendar without an entry is none. The titles say what the
    day is for and which case, and nothing of what is asked: others may see a calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Indblik//da")
    calendar.add("version", "2.0")
    for last in page.last_days:
        key = f"{case.id}-{last.key}@indblik"
        calendar.add_component(_entry(key, last.on, _title(last.kind, case.state.number), now))
    return bytes(calendar.to_ical()) if calendar.subcomponents else None


def _title(kind: DayKind, number: str | None) -> str:
    named = number or gettext("case.calendar.unnumbered")
    code = f"case.calendar.{kind}"
    return gettext(code) % {"number": named}


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
