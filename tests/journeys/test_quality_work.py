"""From figures to a change that citizens read: each role's way, by keyboard alone."""

from __future__ import annotations

from http import HTTPStatus
from itertools import takewhile
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import VIEWS, opened, signed_in
from tests.journeys.pages import name_of
from tests.journeys.test_keyboard import walk_to
from tests.journeys.test_release import press, to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Demo

TITLE = "Brevet siger resultatet i første linje"
PUBLIC = {
    "da": ("Resultatet først", "Brevet var svært at forstå.", "Vi skriver resultatet først."),
    "da-simple": ("Resultatet først", "Brevet var svært.", "Vi skriver svaret først."),
    "en": ("The result first", "The letter was hard to read.", "We write the result first."),
}


def at_work(browser: Browser, demo: Demo, who: str, *, scripts: bool = True) -> Page:
    """The front page of somebody's work."""
    kept = signed_in(demo, name_of(who), staff=True)
    page = opened(browser, 1280, "da", scripts=scripts, kept=kept).new_page()
    page.goto(f"{demo.address}/medarbejder")
    return page


def follow(page: Page, name: str) -> None:
    """Go to a link by keyboard, and on."""
    walk_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, label: str, wanted: str) -> None:
    """Choose in a list as keys do it: by the first letters."""
    box = page.get_by_label(label, exact=True)
    to(page, box)
    page.keyboard.type("".join(takewhile(str.isascii, wanted)))  # what every keyboard has
    assert wanted in str(box.evaluate("it => it.selectedOptions[0].label"))


def write(page: Page, label: str, text: str) -> None:
    to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("who", ["kvalitet", "administrator"])
def test_a_reader_goes_from_the_whole_to_an_office_and_to_its_words(
    browser: Browser, demo: Demo, who: str, *, scripts: bool
) -> None:
    page = at_work(browser, demo, who, scripts=scripts)
    follow(page, "Tal fra borgernes svar")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hele Ankestyrelsen")
    table = page.locator("details table").nth(1)
    expect(table).to_be_hidden()
    to(page, page.get_by_text("Vis tallene i en tabel").nth(1))
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    to(page, page.get_by_text("Vælg en anden enhed eller et andet kvartal"))
    page.keyboard.press("Enter")
    follow(page, "Kontoret for Handicap")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kontoret for Handicap")
    follow(page, "Sider for medarbejdere")
    follow(page, "Temaer")
    write(page, "Søg efter", "ventetid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Temaer")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ventetid")
    page.context.close()


def test_a_report_is_fetched_by_keyboard(browser: Browser, demo: Demo) -> None:
    page = at_work(browser, demo, "administrator")
    follow(page, "Rapporter")
    follow(page, "Kontoret for Handicap")
    walk_to(page, "Hent rapporten som PDF")
    with page.expect_response("**/*.pdf", timeout=60_000) as begun:  # it is set when asked for
        page.keyboard.press("Enter")
    assert begun.value.status == HTTPStatus.OK
    assert begun.value.headers["content-type"] == "application/pdf"
    page.context.close()


def test_a_theme_becomes_a_change_that_citizens_read(browser: Browser, demo: Demo) -> None:
    owner = at_work(browser, demo, "temaejer")
    plan(owner)
    begin(owner)
    editor = at_work(browser, demo, "redaktor")
    follow(editor, "Ændringer")
    follow(editor, TITLE)
    word(editor)
    publish(editor)
    reader = opened(browser, 1280, "da").new_page()
    reader.goto(f"{demo.address}/i-sagde-vi-gjorde")
    expect(reader.locator("main")).to_contain_text(PUBLIC["da"][2])
    withdraw(editor)
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text(PUBLIC["da"][2])
    for page in (owner, editor, reader):
        page.context.close()


def plan(page: Page) -> None:
    follow(page, "Ændringer")
    follow(page, "Lav en ny ændring")
    write(page, "Overskrift", TITLE)
    choose(page, "Tema", "Om afgørelsen kan forstås")
    choose(page, "Hvem laver ændringen?", "Kontoret for Handicap")
    write(page, "Ejer", "Kontorchefen")
    write(page, "Frist", "12122027")  # whichever the browser takes for the month
    write(page, "Det venter vi, at den fører til", "Flere kan finde resultatet i brevet.")
    choose(page, "Spørgsmål", "Forstår du afgørelsen?")
    choose(page, "Hvis tal?", "Hele")
    choose(page, "Kvartal før ændringen", "1. kvartal 2026")
    press(page, "Gem")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def begin(page: Page) -> None:
    to(page, page.get_by_label("I gang", exact=True))
    page.keyboard.press("Space")
    write(page, "Hvorfor?", "De første breve er skrevet om.")
    press(page, "Flyt ændringen")
    expect(page.get_by_role("status")).to_be_visible()


def word(page: Page) -> None:
    follow(page, "Skriv til borgere")
    for view in VIEWS:
        for part, text in zip(("title", "said", "did"), PUBLIC[view], strict=True):
            to(page, page.locator(f"[name={part}-{view}]"))
            page.keyboard.type(text)
    press(page, "Gem, og se efter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se teksten, som borgere ser den")


def publish(page: Page) -> None:
    press(page, "Gør teksten offentlig")
    expect(page.locator("main")).to_contain_text("Teksten er offentlig. Alle kan læse den.")


def withdraw(page: Page) -> None:
    follow(page, "Se teksten, som borgere ser den")
    write(page, "Hvorfor trækker du den tilbage?", "Prøven er slut.")
    press(page, "Træk teksten tilbage")
    expect(page.locator("main")).to_contain_text("Borgere kan ikke læse den.")
