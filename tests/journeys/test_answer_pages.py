"""Every page of the answer door in a real browser, and every page that says what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.answering import TEXT, door, locked, pressed
from tests.journeys.conftest import VIEWS, WIDTHS, opened
from tests.journeys.test_every_page import LANDMARKS, Checks, checks, overflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Response

    from tests.journeys.answering import Door

__all__ = ["checks", "door"]  # fixtures

PAGES = 6


def faults(page: Page, answer: Response, status: int, checks: Checks) -> list[str]:
    """What is wrong with a page."""
    found = [] if answer.status == status else [f"status {answer.status}"]
    found += checks.axe(page) + checks.nu_html(answer.text())
    found += [
        f"{page.locator(f'{name}:visible').count()} {name}"
        for name, count in LANDMARKS.items()
        if page.locator(f"{name}:visible").count() != count
    ]
    return found + ([f"{overflow(page)} px too wide"] if overflow(page) > 0 else [])


def reloaded(page: Page) -> Response:
    """What a window shows, asked for once more."""
    answer = page.reload()
    assert answer is not None
    return answer


def sent(page: Page, change: str) -> Response:
    """The form, sent after somebody has laid hands on it."""
    with page.expect_navigation() as onward:
        page.evaluate("change => { const form = document.forms.svar; eval(change);"
                      " form.requestSubmit(); }", change)  # fmt: skip
    answer: Response | None = onward.value
    assert answer is not None
    return answer


Seen = tuple[str, int, "Response"]


def the_way(door: Door, page: Page) -> Iterator[Seen]:
    """Every page of a whole way, as it ought to be: its name, status, and what came."""
    yield "notice", 200, reloaded(page)
    for number in range(1, PAGES + 1):
        yield str(number), 200, pressed(page, str(number))
    yield "nothing answered", 200, pressed(page, "tjek")
    pressed(page, "6")
    page.fill("#svar-could_be_better_text", "x " * 2000)
    yield "too long", 422, pressed(page, "tjek")
    page.fill("#svar-could_be_better_text", f"{TEXT} \u0645\u0631\u062d 12345678")
    yield "check", 200, pressed(page, "tjek")
    page.fill("#skjul", "smedjen")
    yield "not found", 422, pressed(page, "send")
    page.fill("#skjul", "hvorfor")
    with locked(door):
        yield "down", 503, pressed(page, "send")
    with page.expect_navigation(url="**/tak*"):
        page.click("form#svar button")
    yield "receipt", 200, reloaded(page)


def what_goes_wrong(door: Door, context: BrowserContext, view: str) -> Iterator[Seen]:
    """Every refusal."""

    def fresh(**changed: str) -> Page:
        return door.entered(context, view, door.ticket() | changed)

    page = fresh()
    yield "version", 409, sent(page, "form.version.value = 'x'")
    yield "file", 415, sent(fresh(), "form.enctype = 'multipart/form-data'")
    yield "too large", 413, sent(fresh(), "form.version.value = 'x'.repeat(1_200_000)")
    yield "forged", 400, reloaded(fresh(signature="AAAA"))
    closed = door.issuer.ticket("2026-4-children")
    yield "closed", 410, reloaded(door.entered(context, view, closed))


@pytest.mark.parametrize(
    ("view", "width"),
    [
        pytest.param(view, width, marks=() if (view, width) == ("en", 320) else pytest.mark.matrix)
        for view in VIEWS
        for width in WIDTHS
    ],
)
def test_every_page_of_the_door(
    browser: Browser, door: Door, checks: Checks, *, view: str, width: int
) -> None:
    context = opened(browser, width, view)
    wrong: dict[str, list[str]] = {}
    ticket = door.ticket()
    page = door.entered(context, view, ticket)
    for name, status, answer in the_way(door, page):
        wrong[name] = faults(page, answer, status, checks)
    for path, status in (("/", 200), ("/findes-ikke", 404)):
        found = page.goto(f"{door.address}{path}?visning={view}")
        assert found is not None
        wrong[path] = faults(page, found, status, checks)
    page.close()
    spent = door.entered(context, view, ticket)
    wrong["spent"] = faults(spent, reloaded(spent), 409, checks)
    spent.close()
    for name, status, answer in what_goes_wrong(door, context, view):
        shown = answer.frame.page
        wrong[name] = faults(shown, answer, status, checks)
        assert shown.locator("html").get_attribute("lang") == view, name
        shown.close()
    assert {name: told for name, told in wrong.items() if told} == {}
    context.close()
