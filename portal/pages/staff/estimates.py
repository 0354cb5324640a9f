"""For those who follow the quality: how well estimates hold, where they are withheld, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import render_template

from portal import clock, i18n
from portal.audit.words import Act
from portal.estimates.queries import MOST_OWED, checks_until, held_by, last_night, owed_words
from portal.estimates.rules.figures import year_before
from portal.estimates.rules.judging import alarms_from
from portal.estimates.rules.saying import EVERYWHERE
from portal.pages.access import note
from portal.pages.figures import area_name, month_name, row_of
from portal.pages.shell import gettext, view
from portal.pages.staff import staff
from portal.request import db

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from flask.typing import ResponseReturnValue

    from portal.estimates.words import Owed


@staff.get("/skoen")
def estimates() -> ResponseReturnValue:
    """What held in the last twelve months, by area, first instance, age and month; the alarms."""
    note(Act.ESTIMATES_VIEWED)
    today = clock.day_of(clock.now())
    since, until = year_before(today), today + timedelta(days=1)
    names: dict[str, Callable[[Any], str]] = {
        "area": area_name,
        "unit": str,
        "band": lambda band: gettext("estimates.band." + str(band)),
        "month": month_name,
    }
    tables = [
        (group, [row_of(name(key), one) for key, one in held_by(db(), group, since, until).items()])
        for group, name in names.items()
    ]
    return render_template(
        "staff/estimates.html",
        tables=[(group, rows) for group, rows in tables if rows],
        alarms=_alarms(until),
        night=last_night(db()),
    )


def _alarms(until: date) -> list[tuple[str, str, str]]:
    """The areas whose ranges are withheld, why, and since when."""
    found = alarms_from(checks_until(db(), until))
    return [
        (area_name(area), gettext("estimates.alarm." + alarm.reason), _day(alarm.since))
        for area, alarm in sorted(found.items())
        if alarm.reason and alarm.since and area != EVERYWHERE
    ]


@staff.get("/svar")
def owed() -> ResponseReturnValue:
    """Open cases whose reader is owed a word: their upper date is near, or has passed."""
    note(Act.OWED_VIEWED)
    rows = [_row(one) for one in owed_words(db(), clock.day_of(clock.now()))]
    return render_template("staff/owed.html", rows=rows, full=len(rows) == MOST_OWED)


def _row(one: Owed) -> tuple[str, str, str, str, str]:
    state = gettext("estimates.owed.late" if one.late else "estimates.owed.near")
    return one.subject, area_name(one.area), _day(one.last), state, _day(one.word_by)


def _day(day: date) -> str:
    return i18n.plain_date(day, view())
