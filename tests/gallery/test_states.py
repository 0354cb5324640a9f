"""Each state answers as it says, in each view; and it is the true page that answers."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from portal.gallery.catalog import states
from portal.gallery.views import made_of, views_of
from portal.gallery.words import Audience, State
from portal.i18n import STAFF_VIEWS, VIEWS
from tests.gallery.conftest import HERE
from tests.gallery.without import WITHOUT

if TYPE_CHECKING:
    from portal.i18n import View
    from tests.gallery.conftest import Gallery

ALL = list(states().values())
# The first state of each page, each in another view: the others take their time (`make matrix`).
FIRST = [next(those) for _, those in groupby(sorted(ALL, key=lambda s: (s.audience, s.page)),
                                             key=lambda s: (s.audience, s.page))]  # fmt: skip
DIFFERING = (
    r"nonce[-=]\"?[\w-]+", r'name="(?:csrf_token|ticket|seed)" value="[^"]+"', r"data-left=\"\d+\"",
    r"\b[0-9a-f]{12}\b", r"[0-9a-f-]{36}", r"\d\d[.:]\d\d", r'value="[\w-]{40,}"',
)  # fmt: skip


def bare(page: str) -> str:
    """A page without what differs each time."""
    for pattern in DIFFERING:
        page = re.sub(pattern, "", page)
    return page


def known_in(state: State) -> dict[str, View]:
    return {**views_of(state), **made_of(state)}


def wrong(gallery: Gallery, state: State, view: str) -> str | None:
    answer = gallery.shown(state.key, view)
    known = known_in(state)
    if answer.status_code != 200:
        return f"{state.key} in {view}: {answer.status_code}"
    found = re.search(r'<html lang="([^"]+)" dir="([^"]+)"', answer.text)
    wanted = known[view].lang, known[view].dir
    if found is None or found.groups() != wanted:
        return f"{state.key} in {view}: {found and found[0]}"
    return None


def test_every_endpoint_has_a_state_or_a_reason(gallery: Gallery) -> None:
    own = ("gallery.", "static")
    endpoints = {rule.endpoint for rule in gallery.app.url_map.iter_rules()}
    pages = {state.page for state in ALL}
    asked = {one for one in endpoints if not one.startswith(own)}
    assert asked - pages == WITHOUT.keys()
    of_portal = {s.page for s in ALL if s.audience in {"public", "citizen", "staff"}}
    assert of_portal - endpoints == {"error"}


def test_every_page_answers(gallery: Gallery) -> None:
    told = []
    for number, state in enumerate(FIRST):
        known = list(known_in(state))
        told.append(wrong(gallery, state, known[number % len(known)]))
    assert [one for one in told if one] == []
    assert len(FIRST) > 80


@pytest.mark.matrix
@pytest.mark.parametrize("view", [*VIEWS, "accented", "mirrored"])
def test_every_state_answers_in_every_view(gallery: Gallery, view: str) -> None:
    told = [wrong(gallery, state, view) for state in ALL if view in known_in(state)]
    assert [one for one in told if one] == []


def test_there_are_enough() -> None:
    combinations = sum(len(views_of(state)) for state in ALL)
    assert combinations >= 400
    named = " ".join(f"{s.state} {s.page}" for s in ALL)
    for kind in ("empty", "error", "late", "unknown", "withheld", "long-text", "suspended",
                 "upheld", "changed", "annulled", "dismissed", "passed-on", "returned",
                 "session-ending", "offline-source"):  # fmt: skip
        assert kind in named, kind


@pytest.mark.parametrize("key", ["cases-tasks", "left", "participation-made", "staff-codes"])
def test_looking_changes_nothing(gallery: Gallery, key: str) -> None:
    """Also what deletes an account or issues a token: the next visitor finds it as it was."""
    first = bare(gallery.shown(key).text)
    assert bare(gallery.shown(key).text) == first


def test_the_list_for_programs_names_each_state(gallery: Gallery) -> None:
    told = gallery.visitor().get(f"{HERE}/index.json").json
    assert told is not None
    assert [one["key"] for one in told] == [state.key for state in ALL]
    for one in told:
        assert one["address"] == f"{HERE}/{one['key']}"
        staff = one["audience"] == Audience.STAFF
        assert one["views"] == list(STAFF_VIEWS if staff else VIEWS)


def test_the_index_shows_what_is_asked_for(gallery: Gallery) -> None:
    visitor = gallery.visitor()
    whole = visitor.get(HERE).text
    assert all(state.address in whole for state in ALL)
    page = visitor.get(f"{HERE}?hvis=door&ord=QUESTION+first&sprog=ar").text
    assert re.findall(rf'href="{HERE}/([^"]+)"', page.split("<form", 1)[1]) == [
        "door-question-1?visning=ar"
    ]
    assert "Ingen tilstande" in visitor.get(f"{HERE}?ord=xyzzy").text
    assert 'lang="en"' in visitor.get(f"{HERE}?visning=ar").text.split("<head>")[0]


def test_an_unknown_state_is_not_found(gallery: Gallery) -> None:
    assert gallery.shown("xyzzy").status_code == 404
    assert gallery.visitor().get(f"{HERE}/xyzzy/session").status_code == 404
    assert gallery.visitor().get(f"{HERE}/intet").status_code == 204


def test_a_view_that_is_not_there_is_danish(gallery: Gallery) -> None:
    assert '<html lang="da"' in gallery.shown("home", "xx").text
    assert '<html lang="da"' in gallery.shown("staff-codes", "ar").text


def test_a_page_leads_to_itself_in_other_views_and_to_telling_of_it(gallery: Gallery) -> None:
    page = gallery.shown("case-task", "en").text
    assert f'href="{HERE}/case-task?visning=ar"' in page
    assert "tilstand=case-task&amp;sprog=en" in page


def test_a_session_that_ends_is_asked_about_on_the_stage(gallery: Gallery) -> None:
    page = gallery.shown("cases-session-ending").text
    found = re.search(r'data-asks="([^"]+)"', page)
    assert found is not None
    told = gallery.visitor().get(found[1]).json
    assert told is not None
    assert 200 < told["left"] <= 240
    assert "<dialog" in told["dialog"]
