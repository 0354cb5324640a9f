"""What the case page is measured against: as little as a page with the same reads can be.

The same number of reads on the same tables, by primary key, with the portal's own engine, and a
small template. Nobody signs in, nothing is checked and nothing is written down; `/noted` alone
adds one row to the audit log and commits it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from flask import Flask, render_template
from sqlalchemy.orm import Session

from portal import clock
from portal.audit.actions import keep, record
from portal.audit.words import Act, Actor, Entry
from portal.cases.models import Case
from portal.cli.demo.stories import SOURCES
from portal.db import engine_for
from portal.estimates.models import Estimate
from portal.feed.models import Source
from portal.identity.models import Person
from portal.keys.queries import vault_of
from portal.settings import read

if TYPE_CHECKING:
    from uuid import UUID

    from jinja2 import Template
    from sqlalchemy import Engine

SOURCE = SOURCES["board"][0]
TEMPLATE = """<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><title>{{ case.subject }}</title></head>
<body>
<h1>{{ case.subject }}</h1>
<dl>
{% for name, value in case.state.items() %}<dt>{{ name }}</dt><dd>{{ value }}</dd>
{% endfor %}</dl>
<p>{{ person.created_at }} {{ teller.name }} {{ teller.heard_at }} {{ estimate.last }}</p>
</body>
</html>
"""


def create_app(database_url: str) -> Flask:
    """The page, with and without an entry in the audit log."""
    app = Flask(__name__)
    engine = engine_for(database_url)
    settings = read(os.environ)
    keep(engine, vault_of(settings), settings.data_dir)
    template = app.jinja_env.from_string(TEMPLATE)

    @app.get("/<uuid:person_id>/<uuid:case_id>")
    def bare(person_id: UUID, case_id: UUID) -> str:
        return _page(engine, template, person_id, case_id)

    @app.get("/noted/<uuid:person_id>/<uuid:case_id>")
    def noted(person_id: UUID, case_id: UUID) -> str:
        entry = Entry(clock.now(), Act.CASE_VIEWED, Actor.CITIZEN, person_id, case=case_id)
        with engine.begin() as connection:
            record(connection, entry)
        return _page(engine, template, person_id, case_id)

    return app


def _page(engine: Engine, template: Template, person_id: UUID, case_id: UUID) -> str:
    with Session(engine) as session:
        return render_template(
            template,
            person=session.get(Person, person_id),
            case=session.get(Case, case_id),
            teller=session.get(Source, SOURCE),
            estimate=session.get(Estimate, (case_id, 1)),
        )


app = create_app(os.environ["INDBLIK_DATABASE_URL"])
