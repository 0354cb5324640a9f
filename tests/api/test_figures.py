"""The fixed tables for machines: the same as on the pages, for those with the scope alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditEntry
from tests.api.conftest import problem
from tests.rooms.reports.examples import fill

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

    from tests.api.conftest import Machine

PATHS = {
    "/api/v1/figures": "/api/v1/figures",
    "/api/v1/figures/2026-2": "/api/v1/figures/{quarter}",
    "/api/v1/themes/2026-2": "/api/v1/themes/{quarter}",
}


def asked(machine: Machine, path: str, **more: str) -> TestResponse:
    token = machine.authority.token(None, scope=more.pop("scope", "feedback:read"))
    return machine.client.get(path, headers={"Authorization": f"Bearer {token}"} | more)


@pytest.fixture
def told(machine: Machine) -> Machine:
    fill(machine.engine)
    return machine


def test_there_is_nothing_before_a_quarter_is_closed(machine: Machine) -> None:
    assert asked(machine, "/api/v1/figures").get_json() == {"quarters": []}
    problem(asked(machine, "/api/v1/figures/2026-2"), 404, "not-found")


def test_the_closed_quarters_are_listed(told: Machine) -> None:
    quarters = asked(told, "/api/v1/figures").get_json()["quarters"]
    assert [one["quarter"] for one in quarters] == ["2026-3", "2026-2", "2026-1", "2025-4"]
    for one in quarters:
        for name in ("figures", "themes"):
            assert one[name].endswith(f"/api/v1/{name}/{one['quarter']}")


def test_a_quarter_is_as_it_is_on_the_pages(told: Machine) -> None:
    answer = asked(told, "/api/v1/figures/2026-2").get_json()
    rows = {
        (row["unit"], row["outcome"], row["language"], row["measure"]): row
        for row in answer["rows"]
    }
    assert rows["pension", "dismissed", "all", "trust"]["reason"] == "too_few"
    assert rows["pension", "better", "all", "understood"]["n"] == 120
    assert rows["agency", "all", "all", "invited"]["n"] == 1234


def test_themes_are_told_with_their_titles(told: Machine) -> None:
    answer = asked(told, "/api/v1/themes/2026-2").get_json()
    assert answer["themes"] == [
        {"theme": "reasons", "title": "Begrundelsen (da)", "state": "active"}
    ]
    counts = {(one["unit"], one["polarity"]): (one["n"], one["reason"])
              for one in answer["figures"]}  # fmt: skip
    assert counts["office:pension", "criticism"] == (24, None)
    assert counts["office:pension", "praise"] == (None, "too_few")
    assert asked(told, "/api/v1/themes/2025-4").get_json()["figures"] == []


@pytest.mark.parametrize("quarter", ["2026-4", "2019-1", "2026-5", "x", "2026-2.csv"])
@pytest.mark.parametrize("what", ["figures", "themes"])
def test_what_is_not_closed_is_not_found(machine: Machine, what: str, quarter: str) -> None:
    problem(asked(machine, f"/api/v1/{what}/{quarter}"), 404, "not-found")


@pytest.mark.parametrize("path", PATHS)
def test_only_the_scope_opens(machine: Machine, path: str) -> None:
    answer = asked(machine, path, scope="cases:write overview:read")
    problem(answer, 403, "insufficient-scope")
    assert 'scope="feedback:read"' in answer.headers["WWW-Authenticate"]
    problem(machine.client.get(path), 401, "unauthorized")


def test_what_has_not_changed_is_not_sent_again(told: Machine) -> None:
    for path in PATHS:
        first = asked(told, path)
        again = asked(told, path, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert first.headers["Cache-Control"] == "private, no-cache"


def test_each_look_is_written_down(told: Machine) -> None:
    for path in PATHS:
        asked(told, path)
    asked(told, "/api/v1/figures", scope="cases:write")
    with Session(told.engine) as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(row.act, row.actor, row.page, row.why) for row in rows] == [
        ("figures.exported", "machine", f"api.{page}", "case-system")
        for page in ("figures", "figures_quarter", "themes_quarter")
    ]


def test_the_document_tells_the_truth(told: Machine) -> None:
    document = told.client.get("/api/v1/openapi.json").get_json()
    for path, described in PATHS.items():
        operation = document["paths"][described]["get"]
        assert operation["security"] == [{"token": ["feedback:read"]}]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(Draft202012Validator(schema).iter_errors(asked(told, path).get_json())) == []
