"""How well the estimates hold, for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import render_template

from portal import clock
from portal.estimates.queries import held_by
from portal.estimates.rules.figures import quarter_before, year_before
from portal.pages.figures import month_name, share
from portal.pages.public import public
from portal.request import db

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

ENOUGH = 100  # ranges of a quarter from which its figure is told


@public.get("/skoen")
def estimates() -> ResponseReturnValue:
    """How many of the ranges that were scored in the last quarter held, and month by month."""
    today = clock.day_of(clock.now())
    first, end = quarter_before(today)
    since = min(first, year_before(today))
    months = held_by(db(), "month", since, today + timedelta(days=1))
    quarter = [held for month, held in months.items() if first <= month < end]
    scored, held = sum(one.scored for one in quarter), sum(one.held for one in quarter)
    return render_template(
        "public/estimates.html",
        first=first,
        last=end - timedelta(days=1),
        scored=scored,
        held=held,
        of_ten=round(10 * held / scored) if scored >= ENOUGH else None,
        share=share(held, scored),
        rows=[
            (month_name(month), str(one.scored), share(one.held, one.scored))
            for month, one in months.items()
            if one.scored
        ],
    )
