"""The pages that only a sign-in leads to: onward, the simulator's own, and refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import requests

from tests.journeys.conftest import VIEWS, WIDTHS, opened, watched

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.conftest import Demo
    from tests.servers.checkers import Axe, NuHtml


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", VIEWS)
def test_the_simulator_and_a_refusal(
    browser: Browser, demo: Demo, axe: Axe, nu_html: NuHtml, *, view: str, width: int
) -> None:
    context = opened(browser, width, view)
    seen = watched(context)
    for start in ("/log-ind", "/medarbejder/log-ind"):
        seen.page.goto(demo.address + start)
        seen.page.locator("main button.button-primary").click()
        seen.page.wait_for_url(f"{demo.simulator}/**")
        assert axe(seen.page) == []
        assert nu_html(seen.page.content()) == []
        assert seen.page.locator("h1").count() == 1
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        seen.page.locator("button[value=stop]").click()
        seen.page.wait_for_url(f"{demo.address}/**/retur?**")
        assert axe(seen.page) == []
        assert seen.page.locator("html").get_attribute("lang") == view
    assert seen.said == []
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_that_leads_onward(demo: Demo, nu_html: NuHtml, view: str) -> None:
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(f"{demo.address}/log-ind?visning={view}", timeout=10).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token is not None
        sent = {"csrf_token": token[1]}
        onward = browser.post(f"{demo.address}/log-ind", sent, timeout=10).text
    assert nu_html(onward) == []
    assert f'<html lang="{view}"' in onward
