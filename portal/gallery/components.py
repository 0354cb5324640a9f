"""What pages are made of, each shown by itself. Pages that only the stage has."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, abort, render_template, request
from markupsafe import Markup

from portal.pages.paging import Paging
from portal.pages.shell import counted

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

SHOWN = {
    "alerts": "gallery/alerts.html",
    "buttons": "gallery/buttons.html",
    "cards": "gallery/cards.html",
    "forms": "gallery/forms.html",
    "pager": "gallery/pager.html",
    "session": "gallery/session.html",
    "tables": "gallery/tables.html",
    "task": "gallery/task.html",
    "terms": "gallery/terms.html",
    "text": "gallery/text.html",
    "timeline": "gallery/timeline.html",
}
DAY = date(2026, 12, 9)
NUMBER = "26-10101"
LONG = "Den Fælleskommunale Sammenslutning af Forebyggelsesmyndigheder i Ringkøbing-Skjern"
PAGES = Paging(2, 4)
LEFT = 4  # minutes, in the warning


def put_components(app: Flask) -> None:
    """Put the pages on the stage's portal."""
    blueprint = Blueprint("components", __name__)
    blueprint.add_url_rule("/galleri/<name>", "component", component)
    app.register_blueprint(blueprint)


def component(name: str) -> ResponseReturnValue:
    """One component in its states."""
    if name not in SHOWN:
        abort(404)
    more: dict[str, object] = {}
    if name == "session":  # no script there: asked by nobody, it would leave the page
        more = {"dialog": _dialog(), "signed_in_name": None}
    return render_template(SHOWN[name], day=DAY, number=NUMBER, long=LONG, paging=PAGES, **more)


def _dialog() -> Markup:
    """The warning, open, with the minutes in it, as its script makes it."""
    said = render_template("components/session.html")
    said = said.replace("<dialog ", "<dialog open ", 1)
    said = said.replace("></strong>", f">{counted('session.minutes', LEFT)}</strong>", 1)
    if request.args.get("fast") == "ja":
        said = said.replace(" data-more", " data-more hidden")
        said = re.sub(r"(data-fixed[^>]*?) hidden", r"\1", said)
    return Markup(said)  # noqa: S704 - our own template
