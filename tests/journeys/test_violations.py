"""A page that breaks its content policy is seen, whatever it tries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.violations import Violations

ADDRESS = "http://localhost:9/"  # answered by the test
POLICY = "default-src 'none'; script-src 'nonce-a'; form-action 'none'; base-uri 'none'"
PLANTED = {
    "script": "<script>document.title = 'ran'</script>",
    "style": "<p style='color: red'>x</p>",
    "image": "<img src='http://127.0.0.1:9/x.png' alt=''>",
    "handler": "<button onclick='send()'>x</button><script nonce='a'>"
               "document.querySelector('button').click()</script>",
    "run text": "<script nonce='a'>eval('1')</script>",
    "ask": "<script nonce='a'>fetch('/x').catch(() => 0)</script>",
    "form": "<form action='/x'><button>x</button></form><script nonce='a'>"
            "document.querySelector('form').submit()</script>",
    "base": "<base href='http://127.0.0.1:9/'>",
}  # fmt: skip


def told(browser: Browser, violations: Violations, body: str, *, scripts: bool = True) -> list[str]:
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(
        body=f"<!doctype html><title>x</title>{body}", content_type="text/html",
        headers={"Content-Security-Policy": POLICY},
    ))  # fmt: skip
    page.goto(ADDRESS, wait_until="commit")  # a form that is stopped loads for ever
    page.wait_for_timeout(400)
    context.close()
    return violations.taken()


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_seen(browser: Browser, violations: Violations, what: str) -> None:
    assert told(browser, violations, PLANTED[what]) != []


def test_one_is_seen_without_scripts(browser: Browser, violations: Violations) -> None:
    assert told(browser, violations, PLANTED["image"], scripts=False) != []


def test_a_good_page_breaks_nothing(browser: Browser, violations: Violations) -> None:
    assert told(browser, violations, "<p>x</p><script nonce='a'>document.title</script>") == []
