"""Returns, wishes and buttons that somebody has forged."""

from __future__ import annotations

import pytest

from portal.pages.entrances import same_site_path
from tests.pages.public.conftest import ANNA, Browser

SOMEWHERE = "/ord"


@pytest.mark.parametrize("query", ["", "?state=", "?state=forged&code=x", "?error=x&state=y"])
def test_a_forged_return_goes_nowhere(browser: Browser, query: str) -> None:
    browser.begin()
    answer = browser.client.get(f"/log-ind/retur{query}")
    assert answer.status_code == 400
    assert "Vi kunne ikke genkende dit login" in answer.text


def test_the_text_of_an_error_is_not_shown(browser: Browser) -> None:
    back = browser.choose(browser.begin(), instead="stop")
    answer = browser.client.get(back.replace("mitid_user_aborted", "call+70+00+00+00"))
    assert answer.status_code == 502
    assert "70 00 00 00" not in answer.text


def test_a_return_counts_once(browser: Browser, other: Browser) -> None:
    back = browser.choose(browser.begin(), person="0")
    assert other.client.get(back).status_code == 400  # a stranger with the address gets nothing
    assert browser.client.get(back).status_code == 303
    assert browser.client.get(back).status_code == 400
    assert ANNA.name in browser.client.get(SOMEWHERE).text


def test_a_return_counts_at_its_own_door(browser: Browser) -> None:
    back = browser.choose(browser.begin("/medarbejder/log-ind"), person="1")
    answer = browser.client.get(back.replace("/medarbejder/retur", "/log-ind/retur"))
    assert answer.status_code == 400


def test_an_answer_that_names_another_provider(browser: Browser) -> None:
    back = browser.choose(browser.begin(), person="0")
    assert browser.client.get(back.replace("iss=http", "iss=https")).status_code == 502


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "\\\\x",
        "/\n/elsewhere.example", "/\t/elsewhere.example", "javascript:alert(1)", "ord", "",
        "///elsewhere.example", "http:/ord", "/x" * 300, "\u2028/ord", "/%0d%0a\r\nX: y",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(wanted: str) -> None:
    assert same_site_path(wanted) == ""


@pytest.mark.parametrize("wanted", ["/ord", "/sager?a=b&c=/d", "/sager/1#frist", "/?next=//x"])
def test_a_page_here_is_reached(wanted: str) -> None:
    assert same_site_path(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    ["/log-ud", "/log-ind", "/log-ind/retur", "/ord", "/medarbejder", "/nowhere", "/sager/x",
     "/static/x", "/health/live", "/sager/", "/api/v1/events"],
)  # fmt: skip
def test_only_a_page_that_is_for_the_reader_is_gone_on_to(browser: Browser, wanted: str) -> None:
    browser.sign_in()
    assert browser.client.get("/log-ind", query_string={"next": wanted}).location == "/sager"


def test_the_way_on_is_not_taken_from_the_return(browser: Browser) -> None:
    back = browser.choose(browser.begin(onward="//elsewhere.example"), person="0")
    assert browser.client.get(f"{back}&next=//elsewhere.example").location == "/sager"


def test_the_button_needs_its_token(browser: Browser) -> None:
    assert browser.client.post("/log-ind").status_code == 400
    browser.sign_in()
    assert browser.client.post("/log-ud").status_code == 400
    assert browser.client.get("/log-ud").status_code == 405
    assert ANNA.name in browser.client.get(SOMEWHERE).text
