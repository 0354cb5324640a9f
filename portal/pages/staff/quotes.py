"""For those who own the themes: which exact words stand beside a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest, NotFound

from forms.themes import QuoteText
from portal.audit.words import Act
from portal.feedback.rules import is_key, pieces_of
from portal.pages.access import note, note_done
from portal.pages.shell import view
from portal.pages.staff import staff
from portal.pages.staff.themes import quarter_name, unit_name, units_in
from portal.reports.rules.naming import named, quarter_in
from portal.request import SAFE, db
from portal.suppression.words import LEAST
from portal.themes import actions, queries
from portal.themes.words import MOST_QUOTES, NotAQuote, Polarity, TextGone, Where

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from portal.participation.words import Quarter

A_PAGE = 10
UNPROCESSABLE = 422


@staff.route("/temaer/<quarter>/citater", methods=["GET", "POST"])
def themes_quotes(quarter: str) -> ResponseReturnValue:
    """The texts that may be quoted beside one figure."""
    if request.method in SAFE:
        return _page(quarter)
    db().rollback()  # the account was read: nothing is held that another may have changed since
    change = {"choose": _chosen, "drop": _dropped}.get(request.form.get("do", ""))
    if change is None or not is_key(request.form.get("key", "")):
        raise BadRequest
    return change(quarter_in(quarter))


def _where() -> Where:
    """The figure that the address names. Raises NotFound."""
    tone = request.args.get("tone", "")
    if tone not in set(Polarity):
        raise NotFound
    return Where(request.args.get("enhed", ""), request.args.get("tema", ""), Polarity(tone))


def _page(quarter: str, error: str | None = None) -> str:
    db().rollback()
    note(Act.QUOTES_VIEWED)
    chosen, where = quarter_in(quarter), _where()
    theme = next((one for one in queries.themes(db()) if one.code == where.theme), None)
    unit = next((one for one in units_in(chosen) if one.key == where.unit), None)
    if theme is None or unit is None or not _shown(chosen, where):
        raise NotFound
    cohorts = queries.cohorts_of(db(), chosen, where.unit)
    texts = queries.quotable(db(), chosen, where.theme, where.polarity, cohorts)
    quotes = [
        one
        for one in queries.quotes_of(db(), chosen, where.theme, where.unit)
        if one.polarity == where.polarity
    ]
    quoted = {one.key for one in quotes}
    after = request.args.get("efter", "")
    rest = [one for one in texts if one.key > after and one.key not in quoted]
    return render_template(
        "staff/themes_quotes.html",
        quarter=quarter,
        quarter_name=quarter_name(chosen),
        where=where,
        theme=theme.title(view().key),
        unit_name=unit_name(unit),
        quotes=[(one, pieces_of(one.text)) for one in quotes],
        full=len(quotes) >= MOST_QUOTES,
        texts=[(one, pieces_of(one.text)) for one in rest[:A_PAGE]],
        more=rest[A_PAGE - 1].key if len(rest) > A_PAGE else None,
        error=error,
        form=request.form,
        just=request.args.get("udfort", "") if request.args.get("udfort") in DONE else None,
    )


DONE = {"chosen", "dropped"}


def _shown(quarter: Quarter, where: Where) -> bool:
    """Whether the figure is shown, and large enough to have a quote."""
    return any(
        (one.unit, one.theme, one.polarity) == (where.unit, where.theme, where.polarity)
        and one.n is not None
        and one.n >= LEAST
        for one in queries.theme_figures_of(db(), quarter)
    )


def _chosen(quarter: Quarter) -> ResponseReturnValue:
    form = QuoteText()
    if not form.validate():
        return _page(named(quarter), "long"), UNPROCESSABLE
    try:
        actions.choose_quote(db(), quarter, _where(), form.key.data or "", form.excerpt.data or "")
    except NotAQuote as fault:
        return _page(named(quarter), str(fault)), UNPROCESSABLE
    note_done(Act.QUOTE_CHOSEN)
    return _back(quarter, "chosen")


def _dropped(quarter: Quarter) -> ResponseReturnValue:
    try:
        actions.drop_quote(db(), quarter, _where(), request.form["key"])
    except TextGone:  # somebody was quicker: what was wanted is so
        return _back(quarter, "dropped")
    note_done(Act.QUOTE_DROPPED)
    return _back(quarter, "dropped")


def _back(quarter: Quarter, just: str) -> ResponseReturnValue:
    where = _where()
    onward = url_for(
        "staff.themes_quotes",
        quarter=named(quarter),
        enhed=where.unit,
        tema=where.theme,
        tone=where.polarity,
        udfort=just,
    )
    return redirect(onward, 303)
