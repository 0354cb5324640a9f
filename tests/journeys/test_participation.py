"""The invitation in a real browser: the token is got, kept, lost, sent again, and forgotten."""

from __future__ import annotations

import json
import sqlite3
from base64 import urlsafe_b64decode
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import requests
from playwright.sync_api import expect

from portal.answers.rules import cohorts_of
from portal.blind.rules import public_key, verify
from tests.journeys.conftest import opened, signed_in, watched
from tests.journeys.pages import name_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from tests.journeys.conftest import Demo
    from tests.servers.checkers import Axe, NuHtml

FIELDS = ("cohort", "token", "signature")
READY = "Du kan svare til og med"
NO_STORE = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})"
NO_CRYPTO = "Object.defineProperty(crypto, 'subtle', {value: undefined})"


def block(written: str) -> bytes:
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


def said(page: Page) -> str:
    return page.locator("#participation [role=status]").inner_text()


@pytest.fixture(autouse=True)
def _none_was_issued(demo: Demo) -> None:
    """The demonstration is shared: whoever opened the page of a decision before has its token."""
    with closing(sqlite3.connect(demo.folder / "indblik.db", timeout=10)) as store:
        store.execute("DELETE FROM participation_tokens")
        store.commit()


def at_the_case(context: BrowserContext, demo: Demo, number: str) -> Page:
    page = context.new_page()
    page.goto(demo.address + demo.case(number))
    return page


def until(page: Page, text: str) -> None:
    expect(page.locator("#participation [role=status]")).to_contain_text(text)


def door_fields(page: Page, demo: Demo) -> dict[str, str]:
    form = page.locator(f'form[action="{demo.door}/"]')
    return {name: form.locator(f"[name={name}]").input_value() for name in FIELDS}


def check(demo: Demo, fields: dict[str, str]) -> None:
    """The token is one that the published key has signed. Raises where it is not."""
    listed = requests.get(f"{demo.address}/deltagelse/noegler.jsonl", timeout=10).text
    key = public_key(cohorts_of(listed)[fields["cohort"]].key)
    assert len(block(fields["token"])) == 64
    verify(key, block(fields["token"]), block(fields["signature"]))


def kept(page: Page) -> list[dict[str, str]]:
    stored = page.evaluate("Object.values(localStorage)")
    return [json.loads(one) for one in stored]


def test_a_token_is_signed_unseen_and_kept(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 1280, "da", kept=signed_in(demo, name_of("sigrid")))
    seen = watched(context)
    seen.page.goto(demo.address + demo.case("26-10701"))
    until(seen.page, READY)
    fields = door_fields(seen.page, demo)
    check(demo, fields)
    assert kept(seen.page) == [fields]
    posts = [request for request in seen.requests if request.method == "POST"]
    assert len(posts) == 1
    assert not any(fields[name] in (posts[0].post_data or "") for name in ("token", "signature"))
    seen.page.reload()
    until(seen.page, READY)
    assert door_fields(seen.page, demo) == fields
    assert len([request for request in seen.requests if request.method == "POST"]) == 1
    assert seen.said == []
    context.close()


def test_the_button_leads_to_the_door(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 320, "da", kept=signed_in(demo, name_of("sigrid")))
    seen = watched(context)
    seen.page.goto(demo.address + demo.case("26-10702"))
    until(seen.page, READY)
    button = seen.page.get_by_role("button", name="Giv din mening")
    button.focus()
    with seen.page.expect_response(f"{demo.door}/") as answer:
        seen.page.keyboard.press("Enter")
    assert answer.value.status == 200
    headers = answer.value.request.all_headers()
    assert "cookie" not in headers
    assert "referer" not in headers
    assert seen.said == []
    context.close()


def test_a_lost_answer_is_asked_for_again(browser: Browser, demo: Demo) -> None:
    """Twice: the first request never arrives, of the second the answer is lost."""
    context = opened(browser, 1280, "da", kept=signed_in(demo, name_of("sigrid")))
    page = context.new_page()
    sent: list[str] = []

    def lose(route: Route) -> None:
        sent.append(route.request.post_data or "")
        if len(sent) == 2:
            route.fetch()
        if len(sent) < 3:
            route.abort()
        else:
            route.continue_()

    page.route("**/deltagelse", lose)
    page.goto(demo.address + demo.case("26-10703"))
    until(page, "Vi kunne ikke gøre klar")
    again = page.get_by_role("button", name="Prøv igen")
    again.focus()
    page.keyboard.press("Enter")
    while len(sent) < 2:
        page.wait_for_timeout(50)
    expect(again).to_be_visible()
    page.reload()
    until(page, READY)
    check(demo, door_fields(page, demo))
    blinded = {one.partition("blinded=")[2] for one in sent}
    assert (len(sent), len(blinded)) == (3, 1)
    context.close()


def test_another_browser_has_no_token_and_says_what_to_do(browser: Browser, demo: Demo) -> None:
    cookies = signed_in(demo, name_of("sigrid"))
    for expected in (READY, "Din adgang til at svare ligger ikke i denne browser."):
        context = opened(browser, 320, "da", kept=cookies)
        page = at_the_case(context, demo, "26-10704")
        until(page, expected)
    told = page.locator("[data-when=elsewhere]")
    expect(told).to_be_visible()
    expect(told).to_contain_text("Åbn siden på den enhed")
    expect(page.get_by_role("button", name="Giv din mening")).to_be_hidden()
    assert kept(page) == []
    context.close()


def test_two_windows_at_once_share_one_token(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 1280, "da", kept=signed_in(demo, name_of("sigrid")))
    pages = [context.new_page() for _ in range(3)]
    for page in pages:
        page.goto(demo.address + demo.case("26-10705"), wait_until="commit")
    for page in pages:
        until(page, READY)
    assert len({door_fields(page, demo)["token"] for page in pages}) == 1
    context.close()


def test_the_token_can_be_forgotten_by_keyboard(browser: Browser, demo: Demo) -> None:
    context = opened(browser, 1280, "da", kept=signed_in(demo, name_of("sigrid")))
    page = at_the_case(context, demo, "26-10706")
    until(page, READY)
    page.get_by_text("Bruger andre også denne enhed?").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, "Adgangen er slettet på denne enhed.")
    assert kept(page) == []
    assert page.locator("#participation [name=token]").input_value() == ""
    page.reload()
    until(page, "Din adgang til at svare ligger ikke i denne browser.")
    context.close()


@pytest.mark.parametrize("missing", [NO_STORE, NO_CRYPTO], ids=["store", "crypto"])
def test_what_a_browser_lacks_leaves_the_way_without_script(
    browser: Browser, demo: Demo, missing: str
) -> None:
    context = opened(browser, 1280, "da", kept=signed_in(demo, name_of("sigrid")))
    context.add_init_script(missing)
    seen = watched(context)
    seen.page.goto(demo.address + demo.case("26-10707"))
    expect(seen.page.get_by_role("button", name="Få adgang uden JavaScript")).to_be_visible()
    assert said(seen.page) == ""
    assert [request for request in seen.requests if request.method == "POST"] == []
    assert seen.said == []
    context.close()


def test_without_script_a_page_holds_the_token(
    browser: Browser, demo: Demo, nu_html: NuHtml
) -> None:
    context = opened(browser, 320, "da", scripts=False, kept=signed_in(demo, name_of("sigrid")))
    page = at_the_case(context, demo, "26-10708")
    with page.expect_navigation() as answer:
        page.get_by_role("button", name="Få adgang uden JavaScript").click()
    assert nu_html(answer.value.text()) == []
    assert page.get_by_role("heading", level=1).inner_text() == "Svar uden JavaScript"
    fields = door_fields(page, demo)
    check(demo, fields)
    page.reload()
    assert door_fields(page, demo) == fields
    with page.expect_response(f"{demo.door}/") as door:
        page.get_by_role("button", name="Giv din mening").click()
    assert door.value.status == 200
    context.close()


@pytest.mark.parametrize("view", ["da", "da-simple", "en"])
def test_axe_finds_nothing_in_any_state(browser: Browser, demo: Demo, axe: Axe, view: str) -> None:
    context = opened(browser, 320, view, kept=signed_in(demo, name_of("sigrid")))
    page = at_the_case(context, demo, "26-10709")
    page.wait_for_function("document.querySelector('[data-when=plain]').hidden")
    for state in ("plain", "given", "working", "ready", "elsewhere", "failed", "forgotten"):
        page.evaluate(
            """state => { const it = document.getElementById("participation");
            for (const one of it.querySelectorAll("[data-when]"))
              one.hidden = one.dataset.when !== state;
            it.querySelector("[role=status]").textContent = it.dataset[state] ?? "";
            it.querySelector("details").open = true; }""",
            state,
        )
        assert axe(page) == [], state
    page.goto(demo.address + "/deltagelse/noegler")
    assert axe(page) == []
    context.close()
