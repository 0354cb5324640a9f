"""Every page in a real browser: axe, the Nu HTML checker, and probes of our own.

Axe needs scripts, so it looks with scripts on. The portal sends the same bytes whether scripts are
on or off and has one of its own, where it asks about a decision (asserted here; its states are
looked at in test_participation.py), so what axe says holds for both; reflow, landmarks and what can
be seen are looked at a second time with scripts off.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.journeys.conftest import opened, signed_in, watched
from tests.journeys.pages import Look, name_of, sampled

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Demo, Watched
    from tests.servers.checkers import Axe, NuHtml

MOST_BYTES = 60_000
# Where the reader is asked about a decision; the script that blinds comes after the text is read.
ASKING_BYTES = 80_000
LANDMARKS = {"header": 1, "main": 1, "footer": 1, "h1": 1}
Kept = dict[str, list[dict[str, str]]]

LOOKS = sorted(sampled(), key=lambda item: (item[1], item[2], item[0].who or "", item[0].path))
GROUPS = {key: [look for look, *_ in items]
          for key, items in groupby(LOOKS, key=lambda item: (item[1], item[2]))}  # fmt: skip
# One view and width in every run; the others take their time (`make matrix`).
ALWAYS = ("en", 1280)
MATRIX = [
    pytest.param(*key, id=f"{key[0]}-{key[1]}", marks=() if key == ALWAYS else pytest.mark.matrix)
    for key in GROUPS
]


class Checks(NamedTuple):
    """Other people's programs that look at a page."""

    axe: Axe
    nu_html: NuHtml


@pytest.fixture
def checks(axe: Axe, nu_html: NuHtml) -> Checks:
    return Checks(axe, nu_html)


def address(demo: Demo, look: Look) -> str:
    """Where the page is, with the key of its case put in."""
    path = re.sub(r"\{(.+?)\}", lambda found: str(demo.cases[found[1]]), look.path)
    return demo.address + path


def cookies_of(demo: Demo, kept: Kept, look: Look) -> list[dict[str, str]]:
    """The cookies of whoever looks; each signs in once."""
    if look.who is None:
        return []
    if look.who not in kept:
        kept[look.who] = signed_in(demo, name_of(look.who), staff=look.staff)
    return kept[look.who]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide


def faults(demo: Demo, seen: Watched, look: Look, checks: Checks) -> list[str]:
    """What is wrong with a page."""
    seen.said.clear()
    answer = seen.page.goto(address(demo, look))
    assert answer is not None
    found = [] if answer.status == look.status else [f"status {answer.status}"]
    found += checks.axe(seen.page)
    markup = answer.text()
    found += checks.nu_html(markup)
    found += _outline(seen.page)
    # What blinds; takes keys; warns before the end of a session.
    ours = sum(map(markup.count, ('id="participation"', "data-keys", "data-left")))
    if markup.count("<script") != ours:
        found.append("a script")
    # The browser tells of a page that was refused; that is no fault of the page.
    refused = f"status of {look.status}"
    return found + [said for said in seen.said if look.status == 200 or refused not in said]


def _outline(page: Page) -> list[str]:
    found = []
    for name, count in LANDMARKS.items():
        visible = page.locator(f"{name}:visible").count()
        if visible != count:
            found.append(f"{visible} {name}")
    if not page.title().strip():
        found.append("no title")
    if overflow(page) > 0:
        found.append(f"{overflow(page)} px too wide")
    return found


@pytest.mark.parametrize(("view", "width"), MATRIX)
def test_pages(
    browser: Browser, demo: Demo, cookies: Kept, checks: Checks, *, view: str, width: int
) -> None:
    wrong = {}
    for _who, looks in groupby(GROUPS[view, width], key=lambda look: look.who):
        wanted = list(looks)
        context = opened(browser, width, view, kept=cookies_of(demo, cookies, wanted[0]))
        seen = watched(context)
        found = {(look.who, look.path): faults(demo, seen, look, checks) for look in wanted}
        wrong.update({key: told for key, told in found.items() if told})
        assert [
            url
            for url in [request.url for request in seen.requests]
            if not url.startswith(demo.address)
        ] == []
        context.close()
    assert wrong == {}


@pytest.mark.parametrize(("view", "width"), MATRIX)
def test_pages_without_scripts(
    browser: Browser, demo: Demo, cookies: Kept, *, view: str, width: int
) -> None:
    """Without scripts a page cannot be asked how wide it is: its elements are, from outside."""
    wrong = {}
    for _who, looks in groupby(GROUPS[view, width], key=lambda look: look.who):
        wanted = list(looks)
        context = opened(
            browser, width, view, scripts=False, kept=cookies_of(demo, cookies, wanted[0])
        )
        seen = watched(context)
        for look in wanted:
            seen.page.goto(address(demo, look))
            found = _shown(seen.page, width)
            if found:
                wrong[look.who, look.path] = found
        context.close()
    assert wrong == {}


def _shown(page: Page, width: int) -> list[str]:
    found = [
        f"{page.locator(f'{name}:visible').count()} {name}"
        for name, count in LANDMARKS.items()
        if page.locator(f"{name}:visible").count() != count
    ]
    for name in ("header", "main", "footer"):
        box = page.locator(f"body {name}").first.bounding_box()
        if box is None or box["x"] < 0 or box["x"] + box["width"] > width:
            found.append(f"{name} stands at {box}")
    return found


FIRST = [
    (None, "/"),
    (None, "/log-ind"),
    ("sigrid", "/sager"),
    ("sigrid", "/sager/{26-10708}"),
    ("advokat", "/sager"),  # as many cases as a page holds
    (None, "/ord"),  # every term
]


@pytest.mark.parametrize(("who", "path"), FIRST)
def test_a_first_view_is_light(
    browser: Browser, demo: Demo, cookies: Kept, who: str | None, path: str
) -> None:
    look = Look(who, path)
    context = opened(browser, 320, "da", kept=cookies_of(demo, cookies, look))
    seen = watched(context)
    seen.page.goto(address(demo, look), wait_until="networkidle")
    weights = {request.url: request.sizes() for request in seen.requests}
    bytes_sent = sum(s["responseBodySize"] + s["responseHeadersSize"] for s in weights.values())
    assert any(url.endswith(".woff2") for url in weights)
    asks = any("/participation." in url for url in weights)
    assert bytes_sent <= (ASKING_BYTES if asks else MOST_BYTES)
    context.close()
