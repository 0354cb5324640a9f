"""Method × route × person, by real requests, made from the app's own map of addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from werkzeug.exceptions import MethodNotAllowed

from tests.pages.access_table import PAGES, STAFF, Row, expected, noted
from tests.pages.test_access import MISSING, ONE_STAGE, address, as_lines, lines, visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.testing import FlaskClient
    from werkzeug.routing import MapAdapter

    from tests.pages.conftest import Stage

USED = ("GET", "HEAD", "OPTIONS", "POST")
UNUSED = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")  # refused before it is asked who comes
CASES = ("26-10101", "26-11301")  # the first is Amalie's
TURNED_AWAY = {303, 403}
Line = tuple[str, str, str] | None


def answered(
    person: str, endpoint: str, method: str, allowed: set[str], case: str | None
) -> tuple[int, Line]:
    """The status of the answer, and the line that is noted."""
    row = PAGES[endpoint]
    if method not in allowed:
        return 405, None
    if method in {row.method, "HEAD"}:
        return expected(person, row, case), noted(person, endpoint, row, case)
    if _turned_away(person, row, case):
        return expected(person, row, case), noted(person, endpoint, row, case)
    return (200, None) if method == "OPTIONS" else (400, None)  # a form without its token


def _turned_away(person: str, row: Row, case: str | None) -> bool:
    return row.who != "anyone" and expected(person, row, case) in TURNED_AWAY


def asked(stage: Stage, person: str) -> Iterator[tuple[str, str, set[str], str | None]]:
    """Every route with every method: endpoint, method, what the route allows, and a case."""
    addresses = stage.app.url_map.bind("localhost")
    for rule in stage.app.url_map.iter_rules():
        row, allowed = PAGES[rule.endpoint], set(rule.methods or ())
        for method in (*USED, *UNUSED) if person in {"nobody", "amalie"} else USED:
            if _leads_elsewhere(addresses, rule.endpoint, method):
                continue  # asked as what it leads to
            if row.who != "part":
                cases: tuple[str | None, ...] = (None,)
            else:
                cases = CASES if method in {"GET", "HEAD"} else CASES[:1]
            for case in cases:
                yield rule.endpoint, method, allowed, case


def _leads_elsewhere(addresses: MapAdapter, endpoint: str, method: str) -> bool:
    path = PAGES[endpoint].path.format(case=MISSING)
    try:
        return bool(addresses.match(path, method=method)[0] != endpoint)
    except MethodNotAllowed:
        return False


@ONE_STAGE
@pytest.mark.parametrize("person", ["nobody", "roleless", "amalie", "administrator"])
def test_no_method_is_a_way_around(stage: Stage, person: str) -> None:
    client = visitor(stage, person)
    answers = [_wrong(stage, client, person, what) for what in asked(stage, person)]
    assert [answer for answer in answers if answer] == []


def _wrong(
    stage: Stage,
    client: FlaskClient,
    person: str,
    what: tuple[str, str, set[str], str | None],
) -> tuple[object, ...] | None:
    endpoint, method, allowed, case = what
    status, line = answered(person, endpoint, method, allowed, case)
    with stage.audited() as written:
        answer = client.open(address(stage, PAGES[endpoint], case), method=method)
    if answer.status_code == status and lines(written) == as_lines(line):
        return None
    return endpoint, method, case, answer.status_code, status, lines(written)


@ONE_STAGE
@pytest.mark.parametrize("person", STAFF)
def test_the_head_of_a_page_is_that_of_the_page(stage: Stage, person: str) -> None:
    """Also behind the door, where a page may ask for its method by itself."""
    client = visitor(stage, person)
    for endpoint, row in PAGES.items():
        inside = row.who not in {"anyone", "part"} and not _turned_away(person, row, None)
        if inside and row.method == "GET":
            assert _wrong(stage, client, person, (endpoint, "HEAD", {"HEAD"}, None)) is None


@ONE_STAGE
def test_no_route_takes_more_than_reading_and_sending(stage: Stage) -> None:
    methods = {method for rule in stage.app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == set(USED)
