"""Pages, files, reports and searches tell what was published, and cannot tell more.

Whatever staff may open is read twice: with the answers in the database, and after all answers,
and all texts that are not quoted, have been taken out of it. What is the same both times was made
of the published tables alone; and these are what the solver attacks (test_solver.py,
tests/rooms/themes/test_closing.py).
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.cli.demo.quality import listened
from portal.feedback.models import FeedbackRatings, FeedbackText
from portal.keys.queries import vault_of
from portal.themes.models import ThemeQuote
from tests.pages.conftest import (
    own_stage,
    postgres_copy,
    postgres_original,
    sqlite_copy,
    sqlite_original,
)

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.pages.conftest import Stage

__all__ = ["own_stage", "postgres_copy", "postgres_original", "sqlite_copy", "sqlite_original"]

STARTS = (
    "/medarbejder/tal",
    "/medarbejder/temaer",
    "/medarbejder/temaer/soeg?q=ventetid",
    "/medarbejder/temaer/soeg?q=kommunen",
    "/medarbejder/rapporter",
    "/medarbejder/aendringer",
    "/i-sagde-vi-gjorde",
)
# So many of a kind: they differ by quarter, unit or view.
OFTEN, SELDOM = 8, {"staff.figures_chart": 2, "staff.report_chart": 2, "staff.report_pdf": 1}
OURS = ("/medarbejder/tal", "/medarbejder/temaer", "/medarbejder/rapporter",
        "/medarbejder/aendringer", "/i-sagde-vi-gjorde")  # fmt: skip
LINK = re.compile(r'(?:href|src|srcset)="([^"#]+)')
CHANGES = re.compile(r'(nonce|name="csrf_token" value|data-left)="[^"]*"')


def read(client: FlaskClient, path: str) -> tuple[int, bytes]:
    """What is answered, without what is new in each answer."""
    answer = client.get(path)
    body = answer.data
    if answer.mimetype == "text/html":
        body = CHANGES.sub("", answer.text).encode()
    return answer.status_code, body


def walked(stage: Stage, client: FlaskClient) -> dict[str, tuple[int, bytes]]:
    """What is found by following links, a number of each kind."""
    routes, seen, found = stage.app.url_map.bind("localhost"), Counter[str](), {}
    waiting = [*STARTS]
    while waiting:
        path = waiting.pop(0)
        endpoint, _ = routes.match(urlsplit(path).path, method="GET")
        if path in found or seen[endpoint] >= SELDOM.get(endpoint, OFTEN):
            continue
        seen[endpoint] += 1
        found[path] = read(client, path)
        links = (unescape(one) for one in LINK.findall(found[path][1].decode("utf-8", "replace")))
        waiting += [one for one in links if one.startswith(OURS) and "visning=" not in one]
    return found


@pytest.mark.parametrize("own_stage", ["sqlite_copy"], indirect=True)
def test_nothing_is_made_of_the_answers(own_stage: Stage) -> None:
    settings = own_stage.settings
    listened(own_stage.engine, vault_of(settings), clock.now())
    client, coder = own_stage.signed_in("kvalitet"), own_stage.signed_in("koder")
    before, waits = walked(own_stage, client), read(coder, "/medarbejder/kodning")
    assert {status for status, _ in before.values()} == {200}
    assert len(before) > 30
    with Session(own_stage.engine.execution_options(writes=True)) as session:
        quoted = select(ThemeQuote.key)
        session.execute(delete(FeedbackRatings))
        session.execute(delete(FeedbackText).where(FeedbackText.key.not_in(quoted)))
        session.commit()
        left = session.scalar(select(func.count()).select_from(FeedbackText))
    assert left
    for path, told in before.items():
        assert read(client, path) == told, path
    assert read(coder, "/medarbejder/kodning") != waits  # a page that is made of the texts
