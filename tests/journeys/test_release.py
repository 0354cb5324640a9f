"""The release of texts, and volunteering, by keyboard alone, with scripts and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import VIEWS, WIDTHS, opened, signed_in
from tests.journeys.pages import name_of, texts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from tests.journeys.conftest import Demo
    from tests.servers.checkers import Axe, NuHtml

MOST_STEPS = 60  # presses of the tabulator to anything on a page


def to(page: Page, wanted: Locator) -> None:
    """Go on with the tabulator until this has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def press(page: Page, name: str) -> None:
    to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_text_is_read_hidden_in_and_released(
    browser: Browser, demo: Demo, *, scripts: bool
) -> None:
    kept = signed_in(demo, name_of("frigiver"), staff=True)
    context = opened(browser, 1280, "da", scripts=scripts, kept=kept)
    page = context.new_page()
    page.goto(f"{demo.address}/medarbejder")
    to(page, page.get_by_role("link", name="Tekster, der venter på at blive læst"))
    page.keyboard.press("Enter")
    cards = page.locator(".card")
    expect(cards.first).to_be_visible()
    waiting = cards.count()
    said = cards.first.locator(".citizen-text").inner_text()
    to(page, cards.first.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Læs teksten, og tag stilling")
    text = page.locator(".citizen-text")
    assert text.inner_text() == said
    # The numbers unfold without a script, too.
    to(page, page.get_by_label("Eller ordenes numre"))
    page.keyboard.type("99999")
    press(page, "Skjul det")
    expect(page.get_by_role("alert")).to_contain_text("intet er skjult")
    to(page, page.get_by_label("Eller ordenes numre"))
    page.keyboard.press("Control+A")
    page.keyboard.type(_last_open(page))
    to(page, page.locator("main summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".numbered-words li").first).to_be_visible()
    press(page, "Skjul det")
    expect(page.get_by_role("status")).to_contain_text("Det er skjult nu")
    expect(text).to_contain_text("[mere skjult]")
    press(page, "Frigiv teksten")
    expect(page.get_by_role("status")).to_contain_text("Teksten er frigivet")
    page.goto(f"{demo.address}/medarbejder/frigivelse")
    expect(cards).to_have_count(waiting - 1)
    context.close()


def _last_open(page: Page) -> str:
    """The number of the last word that is not hidden already."""
    words = page.locator(".numbered-words li").all_text_contents()
    return str(max(place for place, word in enumerate(words, 1) if word != "[…]"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_somebody_volunteers_and_ends_it(browser: Browser, demo: Demo, *, scripts: bool) -> None:
    kept = signed_in(demo, name_of("rosa"))
    context = opened(browser, 320, "da", scripts=scripts, kept=kept)
    page = context.new_page()
    page.goto(f"{demo.address}/sager")
    to(page, page.get_by_role("link", name="Se, hvad du kan være med til"))
    page.keyboard.press("Enter")
    press(page, "Sig ja")
    expect(page.get_by_role("alert")).to_contain_text("Skriv din e-mail")
    to(page, page.get_by_role("checkbox", name="Samtale"))
    page.keyboard.press("Space")
    to(page, page.get_by_label("Din e-mail eller dit telefonnummer"))
    page.keyboard.type("12 34 56 78")
    to(page, page.get_by_role("checkbox", name="Ja, Ankestyrelsen må"))
    page.keyboard.press("Space")
    press(page, "Sig ja")
    expect(page.get_by_role("status")).to_contain_text("Tak. Vi har gemt dit ja")
    expect(page.locator("main")).to_contain_text("12345678")
    press(page, "Slet mit ja")
    expect(page.get_by_role("status")).to_contain_text("Dit ja er slettet")
    expect(page.get_by_role("button", name="Slet mit ja")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_errors_are_told_well_in_every_view(
    browser: Browser, demo: Demo, axe: Axe, nu_html: NuHtml, width: int
) -> None:
    """Every form of both pages is sent as it should not be."""
    wrong = {}
    for who, staff, path, forms in (
        ("amalie", False, "/deltag", (0,)),
        ("frigiver", True, f"/medarbejder/frigivelse/{texts()[1]}", (1, 3)),
    ):
        kept = signed_in(demo, name_of(who), staff=staff)
        for view in VIEWS:
            context = opened(browser, width, view, kept=kept)
            page = context.new_page()
            for number in forms:
                page.goto(demo.address + path)
                page.locator("main form").nth(number).get_by_role("button").last.click()
                expect(page.get_by_role("alert")).to_be_visible()
                found = [*axe(page), *nu_html(page.content())]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append("too wide")
                if found:
                    wrong[path, view, number] = found
            context.close()
    assert wrong == {}
