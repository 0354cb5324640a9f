"""Answering in a real browser: by keyboard alone, broken off and taken up again."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import TEXT, door, locked, pressed
from tests.journeys.conftest import VIEWS, WIDTHS, opened
from tests.journeys.test_keyboard import at, is_marked, walk_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.journeys.answering import Door

__all__ = ["door"]  # a fixture

KEPT = "Object.keys(localStorage).length"


def waiting(door: Door) -> int:
    """How many answers the door has in its store."""
    with closing(sqlite3.connect(door.folder / "answers.db")) as store:
        pools = [json.loads(row[0]) for row in store.execute("SELECT waiting FROM pools") if row[0]]
    return sum(len(pool["ratings"]) for pool in pools)


# --- By keyboard.


def step(page: Page, selector: str, *, scripts: bool) -> None:
    """Tab to it, and see that the focus can be seen."""
    walk_on(page, selector)
    expect(at(page)).to_be_in_viewport()
    if scripts and not page.locator("input:focus").count():  # a choice has it on its label
        assert is_marked(at(page))


def choose(page: Page, number: int) -> None:
    """Into the first list of choices, and so many on."""
    walk_on(page, "form#svar input[type=radio]")
    page.keyboard.press("Space")
    for _time in range(number):
        page.keyboard.press("ArrowDown")


def press(page: Page, til: str, *, scripts: bool) -> None:
    step(page, f"button[name=til][value='{til}']", scripts=scripts)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("view", "width", "scripts"),
    [
        ("da", 1280, True),
        ("en", 320, False),
        *(
            pytest.param(view, width, scripts, marks=pytest.mark.matrix)
            for view in VIEWS
            for width in WIDTHS
            for scripts in (True, False)
            if (view, width, scripts) not in {("da", 1280, True), ("en", 320, False)}
        ),
    ],
)
def test_the_whole_questionnaire_by_keyboard(
    browser: Browser, door: Door, *, view: str, width: int, scripts: bool
) -> None:
    before = waiting(door)
    context = opened(browser, width, view, scripts=scripts)
    page = door.entered(context, view)
    press(page, "1", scripts=scripts)
    for number in range(1, 5):
        choose(page, number)
        press(page, str(number + 1), scripts=scripts)
    walk_on(page, "input[type=checkbox]")
    page.keyboard.press("Space")
    press(page, "6", scripts=scripts)
    walk_on(page, "textarea")
    page.keyboard.type(TEXT)
    press(page, "tjek", scripts=scripts)
    expect(page.locator("mark del", has_text="12345678")).to_be_visible()
    walk_on(page, "textarea#skjul")
    page.keyboard.type("hvorfor")
    press(page, "tjek", scripts=scripts)
    expect(page.locator("mark del", has_text="hvorfor")).to_be_visible()
    press(page, "3", scripts=scripts)  # back to one of the pages, and all the way again
    expect(page.locator("input[type=radio]:checked")).to_have_count(1)
    for to in ("4", "5", "6", "tjek"):
        press(page, to, scripts=scripts)
    press(page, "send", scripts=scripts)
    page.wait_for_url(f"**/tak?visning={view}")
    assert page.locator("html").get_attribute("lang") == view
    assert waiting(door) == before + 1
    assert not [one for one in context.cookies() if one["name"] != "visning"]
    context.close()


def test_enter_in_a_choice_goes_on(browser: Browser, door: Door) -> None:
    context = opened(browser, 1280, "da", scripts=False)
    page = door.entered(context, "da")
    press(page, "1", scripts=False)
    press(page, "2", scripts=False)
    choose(page, 1)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".progress")).to_have_text("Side 3 af 6")
    context.close()


# --- Broken off, and taken up again.


def begun(door: Door, context: BrowserContext, ticket: dict[str, str]) -> Page:
    """Two pages filled in, and a text that was typed and never sent anywhere."""
    page = door.entered(context, "da", ticket)
    pressed(page, "1")
    page.check("#svar-outcome-1")
    pressed(page, "2")
    page.check("#svar-correct")
    for number in ("3", "4", "5", "6"):
        pressed(page, number)
    page.fill("#svar-could_be_better_text", TEXT)
    return page


def test_a_break_off_loses_nothing(browser: Browser, door: Door) -> None:
    context = opened(browser, 320, "da")
    begun(door, context, door.ticket()).close()
    page = context.new_page()
    page.goto(f"{door.address}/?visning=en")
    page.click("[data-drafts] button[type=submit]")
    expect(page.locator("#svar-could_be_better_text")).to_have_value(TEXT)
    pressed(page, "tjek")
    expect(page.locator("dd", has_text="Det samme som før")).to_have_count(1)
    expect(page.locator("dd", has_text="I meget høj grad")).to_have_count(1)
    before = waiting(door)
    assert page.evaluate(KEPT) == 1
    with page.expect_navigation(url="**/tak*"):
        page.click("button[value=send]")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(KEPT) == 0
    assert waiting(door) == before + 1
    context.close()


def test_a_draft_is_offered_to_its_own_ticket_alone(browser: Browser, door: Door) -> None:
    context = opened(browser, 1280, "da")
    ticket = door.ticket()
    begun(door, context, ticket).close()
    other = door.entered(context, "da")
    expect(other.locator("[data-drafts]")).to_be_hidden()
    other.close()
    page = door.entered(context, "da", ticket)
    expect(page.locator("[data-drafts]")).to_be_visible()
    page.click("[data-drafts] button[type=submit]")
    expect(page.locator("#svar-could_be_better_text")).to_have_value(TEXT)
    context.close()


def test_a_draft_can_be_deleted_on_any_page(browser: Browser, door: Door) -> None:
    context = opened(browser, 1280, "da")
    ticket = door.ticket()
    page = begun(door, context, ticket)
    assert page.evaluate(KEPT) == 1
    page.click("[data-draft-delete]")
    expect(page.locator("[data-draft-deleted]")).to_be_focused()
    page.fill("#svar-could_be_better_text", "Mere")  # and none is made again unasked
    assert page.evaluate(KEPT) == 0
    pressed(page, "tjek")
    assert page.evaluate(KEPT) == 0
    expect(page.locator("[data-draft-off]")).to_be_visible()
    page.close()
    again = context.new_page()
    again.goto(door.address)
    expect(again.locator("[data-drafts]")).to_be_hidden()
    context.close()


def test_a_draft_can_be_deleted_on_the_front_page(browser: Browser, door: Door) -> None:
    context = opened(browser, 1280, "da")
    begun(door, context, door.ticket()).close()
    page = context.new_page()
    page.goto(door.address)
    page.click("[data-draft-drop]")
    expect(page.locator("[data-drafts]")).to_be_hidden()
    expect(page.locator("[data-draft-deleted]")).to_be_focused()
    assert page.evaluate(KEPT) == 0
    context.close()


def test_the_draft_of_a_spent_ticket_goes(browser: Browser, door: Door) -> None:
    context, elsewhere = opened(browser, 1280, "da"), opened(browser, 1280, "da")
    ticket = door.ticket()
    page, other = begun(door, context, ticket), begun(door, elsewhere, ticket)
    pressed(other, "tjek")
    pressed(other, "send")
    elsewhere.close()
    pressed(page, "tjek")
    assert pressed(page, "send").status == 409
    assert page.evaluate(KEPT) == 0
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_door_that_is_down_loses_nothing(browser: Browser, door: Door, *, scripts: bool) -> None:
    context = opened(browser, 320, "da", scripts=scripts)
    page = begun(door, context, door.ticket())
    pressed(page, "tjek")
    before = waiting(door)
    with locked(door):
        assert pressed(page, "send").status == 503
    if scripts:
        assert page.evaluate(KEPT) == 1
    with page.expect_navigation(url="**/tak*"):
        page.click("form#svar button")
    assert waiting(door) == before + 1
    if scripts:
        assert page.evaluate(KEPT) == 0
    context.close()
