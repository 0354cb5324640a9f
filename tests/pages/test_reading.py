"""The page on which somebody says how they want to read: kept in the browser alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.conftest import token_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.pages.conftest import Stage

PATH = "/laesning"
WIDE = {"size": "150", "room": "wide", "colours": "dark", "lines": "short", "voice": "on"}
DRESSED = 'data-size="150" data-room="wide" data-colours="dark" data-lines="short" data-voice="on"'


def sent(client: FlaskClient, **form: str) -> TestResponse:
    return client.post(PATH, data={"csrf_token": token_in(client.get(PATH).text), **form})


def test_a_choice_dresses_every_page_until_it_is_taken_back(stage: Stage) -> None:
    client = stage.nobody()
    answer = sent(client, **WIDE)
    assert (answer.status_code, answer.location) == (303, f"{PATH}?gemt=ja")
    assert answer.headers["Set-Cookie"].startswith("laesning=150.wide.dark.short.on; ")
    for path in ("/", "/ord", "/findes-ikke", PATH):
        assert DRESSED in client.get(path).text, path
    again = client.get(answer.location).text
    assert 'value="150" checked' in again
    assert "Dine valg er gemt" in again
    assert "data-size" not in client.get("/").text.replace(DRESSED, "")
    gone = sent(client, **WIDE, reset="ja")
    assert "Expires=Thu, 01 Jan 1970" in gone.headers["Set-Cookie"]
    assert "data-size" not in client.get("/").text


def test_nothing_chosen_keeps_nothing(stage: Stage) -> None:
    client = stage.nobody()
    page = client.get(PATH).text
    assert 'data-size="' not in page
    assert page.count(" checked") == 5
    assert "1970" in sent(client).headers["Set-Cookie"]


@pytest.mark.parametrize(("name", "value"), [("size", "400"), ("colours", "<script>")])
def test_a_choice_that_there_is_not_is_refused(stage: Stage, name: str, value: str) -> None:
    client = stage.nobody()
    answer = sent(client, **WIDE | {name: value})
    assert answer.status_code == 422
    assert "Dine valg er ikke gemt" in answer.text
    assert "<script>" not in answer.text.partition("<main")[2].partition("</main")[0]
    assert "Set-Cookie" not in answer.headers or "laesning" not in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("cookie", ["<script>", "150", "...", "æ.ø.å", "150.wide.dark.short.on.x"])
def test_any_cookie_shows_the_page(stage: Stage, cookie: str) -> None:
    client = stage.nobody()
    client.set_cookie("laesning", cookie)
    answer = client.get("/")
    assert answer.status_code == 200
    assert "data-x" not in answer.text


def test_the_choice_is_another_persons_business(stage: Stage) -> None:
    client = stage.signed_in("amalie")
    sent(client, **WIDE)
    assert DRESSED in client.get("/sager").text
    assert "data-size" not in stage.signed_in("amalie").get("/sager").text  # another browser
