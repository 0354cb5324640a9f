"""Everything that is held about the reader: as a page, as JSON and as a PDF.

The pages stand outside /sager, as they are about the person and not about one case.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from flask import Response, current_app, render_template
from flask_login import current_user

from portal import clock
from portal.audit.words import Act
from portal.explanations.words import Passage
from portal.pages.access import note
from portal.pages.citizen import citizen
from portal.pages.shell import counted, gettext, speaker, view
from portal.pages.step_up import fresh
from portal.request import db
from portal.rights.queries import requests_of
from portal.rights.queries.held import held_about
from portal.rights.queries.keeping import kinds
from portal.rights.rules.exporting import as_json, as_pdf
from portal.rights.rules.telling import Speech, paper_of

if TYPE_CHECKING:
    from flask.blueprints import BlueprintSetupState
    from flask.typing import ResponseReturnValue

    from portal.explanations.words import Texts
    from portal.rights.words import Held
    from portal.vault import Vault

MOST = 100  # rows of one table on the page; the files hold all
FILE = "dine-oplysninger"
# Texts that name a code which a case may hold.
NAMES = {"stage": "stage.{}.name", "area": "area.{}.name"}


def my_data() -> ResponseReturnValue:
    """All of it, in words."""
    note(Act.DATA_VIEWED)
    paper = paper_of(_held(), kinds(), speech(), MOST)
    asked = requests_of(db(), _vault(), current_user.person_id)
    return render_template("citizen/my_data.html", paper=paper, asked=asked)


def my_data_json() -> ResponseReturnValue:
    """All of it, for another program. Raises StepUpNeeded."""
    fresh()
    note(Act.DATA_TAKEN, why="json")
    return _file(as_json(_held()), "application/json", "json")


def my_data_pdf() -> ResponseReturnValue:
    """All of it, to keep. Raises StepUpNeeded."""
    fresh()
    note(Act.DATA_TAKEN, why="pdf")
    return _file(as_pdf(paper_of(_held(), kinds(), speech())), "application/pdf", "pdf")


def profiling() -> ResponseReturnValue:
    """That there is nothing to object to: no estimate looks at the person."""
    return render_template("citizen/profiling.html")


def _held() -> Held:
    return held_about(db(), _vault(), current_user.person_id, clock.now())


def _vault() -> Vault:
    return cast("Vault", current_app.extensions["vault"])


def _file(body: bytes, kind: str, ending: str) -> Response:
    name = f'attachment; filename="{FILE}.{ending}"'
    return Response(body, mimetype=kind, headers={"Content-Disposition": name})


def speech() -> Speech:
    """How this view says what is held."""
    return Speech(
        view(), gettext, counted, partial(_named, cast("Texts", current_app.extensions["texts"]))
    )


def _named(texts: Texts, column: str, code: str) -> str | None:
    """What a code of a case is called, where a text says so."""
    named = NAMES.get(column, "").format(code)
    return speaker().plain(Passage(named)) if (view().key, named) in texts else None


def _place(state: BlueprintSetupState) -> None:
    """Put the pages at addresses of their own."""
    for name, path, page in (
        ("my_data", "", my_data),
        ("my_data_json", ".json", my_data_json),
        ("my_data_pdf", ".pdf", my_data_pdf),
        ("profiling", "/profilering", profiling),
    ):
        state.app.add_url_rule(f"/dine-oplysninger{path}", f"citizen.{name}", page)


citizen.record(_place)
