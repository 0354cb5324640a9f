"""Making changes for tests of their pages, and sending the forms of these."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock
from portal.changes.actions import make, move, publish, write_words
from portal.changes.queries import change_of
from portal.changes.words import By, Indicator, Seen, Status, TextState
from tests.pages.changes_ground import BEFORE
from tests.pages.conftest import token_in
from tests.rooms.changes.examples import PLAN, VIEWS, words

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

LIST = "/medarbejder/aendringer"
IDEAS = "/medarbejder/ideer"
TODAY = clock.day_of(clock.now())
BY = By(UUID(int=7), TODAY)
INDICATOR = Indicator("understood", "office:work", "all", BEFORE, None)
MINE = replace(PLAN, unit="office:work", due=TODAY + timedelta(days=9), indicator=INDICATOR)
TYPED = {
    "title": "Kortere breve",
    "theme": "waiting_time",
    "unit": "office:work",
    "owner": "Kontorchefen",
    "due": (TODAY + timedelta(days=30)).isoformat(),
    "effect": "Flere forstår brevet.",
    "measure": "understood",
    "measured_unit": "office:work",
    "outcome": "all",
    "before": "2025-3",
    "after": "",
}


def put(stage: Stage, plan: object = MINE) -> UUID:
    assert isinstance(plan, type(MINE))
    with Session(stage.engine.execution_options(writes=True)) as session:
        key = make(session, BY, plan)
        session.commit()
    return key


def told(stage: Stage, *, published: bool) -> UUID:
    """A change that is under way, with words in every view."""
    key = put(stage)
    with Session(stage.engine.execution_options(writes=True)) as session:
        write_words(session, Seen(key, 1), words(*VIEWS))
        move(session, BY, Seen(key, 2), Status.UNDER_WAY, "Begyndt.")
        if published:
            publish(session, BY, Seen(key, 3), VIEWS, ["employment"])
        session.commit()
    return key


def now(stage: Stage, key: UUID) -> tuple[Status, TextState, int]:
    with Session(stage.engine) as session:
        found = change_of(session, key)
    return found.status, found.text_state, found.version


def send(client: FlaskClient, path: str, data: dict[str, object]) -> TestResponse:
    """Read the page, and send its form with this in its fields."""
    page = client.get(path).text
    hidden = dict(re.findall(r'type="hidden" name="(version)" value="([^"]*)"', page))
    return client.post(path, data={"csrf_token": token_in(page), **hidden, **data})


def moved(client: FlaskClient, key: UUID, **data: str) -> TestResponse:
    page = client.get(f"{LIST}/{key}").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    sent = {"csrf_token": token_in(page), "version": version[1], **data}
    return client.post(f"{LIST}/{key}/status", data=sent)
