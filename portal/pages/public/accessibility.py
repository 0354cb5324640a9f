"""The accessibility statement, and the short address that the law gives it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flask import current_app, redirect, render_template, url_for
from markupsafe import Markup, escape

from portal import clock
from portal.i18n import VIEWS, listed
from portal.pages.open_figures import number
from portal.pages.public import public
from portal.pages.shell import view
from portal.statement.queries import known_facts, last_summary
from portal.statement.rules import statement
from portal.statement.words import MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from portal.statement.words import Facts, Summary


@public.get("/was")
def was() -> ResponseReturnValue:
    """Where the law's short address for the statement leads."""
    return redirect(url_for("public.accessibility"), 301)


@public.get("/tilgaengelighed")
def accessibility() -> ResponseReturnValue:
    """The accessibility statement, made from what the last run over every page found."""
    summary, facts = _read()
    return render_template(
        "public/accessibility.html",
        told=statement(summary, facts, clock.day_of(clock.now()), VIEWS),
        tools=listed(summary.tools, view()),
        spoken=_names(summary.spoken),
        number=number,
        most=MOST_POINTS,
        mail=current_app.extensions["mail"],
    )


@cache
def _read() -> tuple[Summary, Facts]:
    return last_summary(), known_facts()


def _names(views: Sequence[str]) -> Markup:
    """Names of languages as a list, each marked as being in its own language."""
    marked = [
        f'<bdi lang="{VIEWS[key].lang}">{escape(VIEWS[key].name)}</bdi>'
        for key in views
        if key in VIEWS
    ]
    return Markup(listed(marked, view()) if marked else "")  # noqa: S704 - escaped above
