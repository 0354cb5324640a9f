"""Choosing a view: by address, by cookie, by what the browser asks for; who is offered which."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from portal.i18n import STAFF_VIEWS, VIEWS, apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.i18n import View
    from tests.pages.conftest import Stage

PAGE = "/ord"


def shown(page: str) -> str:
    """The language that a page says it is in."""
    found = re.search(r'<html lang="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_a_view_is_chosen_by_address_and_kept(stage: Stage, view: View) -> None:
    client = stage.app.test_client()
    page = client.get(f"{PAGE}?visning={view.key}").text
    assert f'<html lang="{view.lang}" dir="{view.dir}"' in page
    assert shown(client.get(PAGE).text) == view.lang
    assert shown(client.get(f"{PAGE}?visning=xx").text) == view.lang


def test_a_link_keeps_the_view_that_the_address_names(stage: Stage) -> None:
    client = stage.app.test_client()
    named = client.get(f"{PAGE}?visning=en").text
    assert 'href="/cookies?visning=en"' in named
    assert 'href="?visning=da"' in named  # the choice itself is not overruled
    assert "/static/" in named
    assert not re.search(r"/static/[^\"]*visning", named)
    assert 'href="/cookies"' in client.get(PAGE).text
    assert 'href="/cookies"' in client.get(f"{PAGE}?visning=xx").text


def test_the_views_are_offered_above_and_below(stage: Stage) -> None:
    page = stage.app.test_client().get(PAGE).text
    for view in VIEWS.values():
        link = f'href="?visning={view.key}" lang="{view.lang}"'
        assert page.count(link) == 2


def test_every_view_but_the_danish_says_which_text_is_authoritative(stage: Stage) -> None:
    client, catalogs = stage.app.test_client(), stage.app.extensions["catalogs"]
    for key in VIEWS:
        said = catalogs[key].gettext("shell.authoritative")
        assert (said in client.get(f"{PAGE}?visning={key}").text) == (key != "da")


@pytest.mark.parametrize(
    ("asked", "lang"),
    [("en-US,en;q=0.9,da;q=0.5", "en"), ("sv-SE,fr;q=0.8", "da"), ("", "da"), ("*", "da")],
)
def test_without_a_choice_the_browser_is_asked(stage: Stage, asked: str, lang: str) -> None:
    page = stage.app.test_client().get(PAGE, headers={"Accept-Language": asked}).text
    assert shown(page) == lang


def test_pages_of_staff_are_there_in_their_views(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One asked for in another view is English; the choice holds everywhere else."""
    monkeypatch.setitem(VIEWS, "uk", replace(VIEWS["da"], key="uk", lang="uk", name="Українська"))
    monkeypatch.setitem(
        stage.app.extensions["catalogs"], "uk", stage.app.extensions["catalogs"]["da"]
    )
    client = stage.signed_in("temaejer")
    page = client.get("/medarbejder?visning=uk").text
    assert shown(page) == "en"
    assert 'hreflang="uk"' not in page
    assert all(f'hreflang="{view.lang}"' in page for view in STAFF_VIEWS.values())
    assert shown(client.get("/cookies").text) == "uk"


def test_what_runs_the_other_way_is_set_apart() -> None:
    assert apart("26-10417", VIEWS["ar"]) == "\u206826-10417\u2069"
    assert apart("26-10417", VIEWS["da"]) == "26-10417"


def test_a_name_in_an_arabic_sentence_is_set_apart(stage: Stage) -> None:
    say = cast("Callable[..., str]", stage.app.jinja_env.globals["_"])
    for view, told in (("ar", "\u2068&lt;x&gt;\u2069"), ("de", "&lt;x&gt;")):
        with stage.app.test_request_context(f"/?visning={view}"):
            stage.app.preprocess_request()
            said = say("case.contact.number", number="<x>")
        assert told in said
        assert ("\u2068" in said) == (view == "ar")
