"""Themes of closed quarters, for staff: fixed figures, exact quotes, and a search in both.

No page here counts anything. A search looks into what other pages show, and into nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound

from portal import clock
from portal.audit.words import Act
from portal.changes.queries import published
from portal.feedback.rules import pieces_of
from portal.figures import queries as figures
from portal.figures.words import QuarterNotClosed
from portal.organisation.words import AGENCY, Level
from portal.pages.access import may_open, note, note_done
from portal.pages.shell import gettext, view
from portal.pages.staff import staff
from portal.participation.words import ALL, Group
from portal.reports.rules.naming import named, quarter_in
from portal.request import db
from portal.themes import actions, queries
from portal.themes.rules.quoting import finds
from portal.themes.words import AlreadyClosed, Polarity, TooEarly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from portal.organisation.words import Unit
    from portal.participation.words import Quarter
    from portal.themes.words import Quote, Theme, ThemeFigure

GROUPS = {ALL, *Group}  # those that have a name in each view
LONGEST = 200  # characters of a search


@staff.get("/temaer")
def themes() -> ResponseReturnValue:
    """The quarters that there are theme figures of, and those that wait for them."""
    note(Act.THEMES_VIEWED)
    closed = queries.closed_quarters(db())
    open_ones = [one for one in figures.closed_quarters(db()) if one not in closed]
    return render_template(
        "staff/themes.html",
        closed=[(named(one), quarter_name(one)) for one in closed],
        waiting=[
            (named(one), quarter_name(one), queries.waiting_in(db(), one))
            for one in (open_ones if may_open("staff.themes_close") else ())
        ],
        just=request.args.get("udfort") == "closed",
    )


def quarter_name(quarter: Quarter) -> str:
    """A quarter in the words of the reader's view."""
    return gettext("themes.quarter") % {"number": quarter.number, "year": quarter.year}


def unit_name(unit: Unit) -> str:
    """A unit in the words of the reader's view; offices and departments are named as they are."""
    if unit == AGENCY:
        return gettext("themes.agency")
    known = unit.level == Level.GROUP and unit.code in GROUPS
    return gettext("themes.group." + unit.code) if known else unit.name


@staff.get("/temaer/<quarter>/<unit>")
def themes_unit(quarter: str, unit: str) -> ResponseReturnValue:
    """The themes of a unit in a quarter, praise and criticism apart."""
    note(Act.THEMES_VIEWED)
    chosen = quarter_in(quarter)
    units = units_in(chosen)
    here = next((one for one in units if one.key == unit), None)
    found = [one for one in queries.theme_figures_of(db(), chosen) if one.unit == unit]
    if here is None or not found:
        raise NotFound
    by_code = {one.code: one for one in queries.themes(db())}
    return render_template(
        "staff/themes_unit.html",
        quarter=quarter,
        quarter_name=quarter_name(chosen),
        unit=unit,
        unit_name=unit_name(here),
        units=[(one.key, unit_name(one)) for one in units],
        texts=found[0].texts,
        tables=[(one, _rows(one, found, by_code)) for one in Polarity],
        quotes=_quoted(queries.quotes_of(db(), chosen, unit=unit)),
        chooses=may_open("staff.themes_quotes"),
    )


def units_in(quarter: Quarter) -> Sequence[Unit]:
    """The units of a closed quarter as they were then. Raises NotFound."""
    try:
        return figures.figures_of(db(), quarter).units
    except QuarterNotClosed:
        raise NotFound from None


def _rows(
    polarity: Polarity, found: Sequence[ThemeFigure], by_code: dict[str, Theme]
) -> list[tuple[str, str, int | None]]:
    """Code, title and count of each theme, the most frequent first; those that are hidden last."""
    rows = [
        (one.theme, by_code[one.theme].title(view().key), one.n)
        for one in found
        if one.polarity == polarity
    ]
    return sorted(rows, key=lambda row: (row[2] is None, -(row[2] or 0), row[1]))


def _quoted(quotes: Sequence[Quote]) -> dict[tuple[str, str], list[object]]:
    """Quotes with their pieces, by polarity and theme."""
    found: dict[tuple[str, str], list[object]] = {}
    for one in quotes:
        found.setdefault((one.polarity, one.theme), []).append((one, pieces_of(one.text)))
    return found


@staff.get("/temaer/soeg")
def themes_search() -> ResponseReturnValue:
    """Where words stand in what is published: themes, quotes, and what citizens are told."""
    note(Act.THEMES_VIEWED)
    told = request.args.get("q", "").strip()[:LONGEST]
    by_code = {one.code: one for one in queries.themes(db())}
    key = view().key
    quotes = [one for one in queries.every_quote(db()) if finds(told, one[1].text)]
    return render_template(
        "staff/themes_search.html",
        told=told,
        themes=[
            one
            for one in by_code.values()
            if finds(told, f"{one.title(key)} {one.descriptions.get(key, '')}")
        ],
        quotes=[
            (named(quarter), quarter_name(quarter), by_code[one.theme].title(key), one,
             pieces_of(one.text))
            for quarter, one in quotes
        ],
        changes=[
            one for one in published(db(), key) if finds(told, f"{one.title} {one.said} {one.did}")
        ],
    )  # fmt: skip


@staff.post("/temaer/<quarter>/luk")
def themes_close(quarter: str) -> ResponseReturnValue:
    """Fix the figures of a quarter, and leave what is not coded as it is."""
    chosen = quarter_in(quarter)
    db().rollback()  # the account was read: nothing is held that another may have changed since
    today = clock.day_of(clock.now())
    try:
        actions.close(db(), chosen, today, leave_rest=True)
    except TooEarly:
        raise NotFound from None
    except AlreadyClosed:
        db().rollback()  # by the night, or by somebody else: what was wanted is so
        return redirect(url_for("staff.themes", udfort="closed"), 303)
    note_done(Act.THEMES_CLOSED)
    return redirect(url_for("staff.themes", udfort="closed"), 303)
