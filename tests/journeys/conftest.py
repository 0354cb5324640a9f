"""Portal and sign-in simulator as real processes, with the invented people, in a real browser."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import requests

from tests.journeys.violations import Violations
from tests.servers.processes import answers, free_port, running, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Request

VIEWS = ("da", "da-simple", "en")
WIDTHS = (1280, 320)


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration, running."""

    address: str
    simulator: str
    door: str
    folder: Path
    cases: dict[str, UUID]

    def case(self, number: str, page: str = "") -> str:
        """The path of a page about a case."""
        return f"/sager/{self.cases[number]}{page}"


def _cases(folder: Path) -> dict[str, UUID]:
    with closing(sqlite3.connect(folder / "indblik.db")) as connection:
        return {number: UUID(key) for number, key in
                connection.execute("SELECT subject, id FROM cases")}  # fmt: skip


@contextmanager
def demonstration(told: Path | None = None) -> Iterator[Demo]:
    """What `make demo` starts, on ports and in a folder of its own: a copy of one that was told."""
    port = free_port()
    while answers(port + 1) or answers(port + 2):
        port = free_port()
    with temporary_folder("demo") as folder:
        if told:
            shutil.copytree(told, folder, dirs_exist_ok=True)
        command = [sys.executable, "-c", "from portal.cli import main; main()", "demo",
                   "--port", str(port), "--folder", str(folder)]  # fmt: skip
        address = f"http://127.0.0.1:{port}"

        def ready() -> bool:
            try:
                return answers(port) and requests.get(f"{address}/health/ready", timeout=2).ok
            except requests.RequestException:  # on a busy machine it takes its time
                return False

        with running(command, ready, folder / "log", signal.SIGINT):
            yield Demo(
                address,
                f"http://127.0.0.1:{port + 1}",
                f"http://localhost:{port + 2}",
                folder,
                _cases(folder),
            )


@pytest.fixture(scope="session")
def demo(told: Path) -> Iterator[Demo]:
    """The demonstration, for all tests of a worker."""
    with demonstration(told) as running_one:
        yield running_one


@pytest.fixture(scope="session")
def violations(browser: Browser) -> Violations:
    """What the content policy stopped in any window of this worker."""
    heard = Violations()
    heard.listen(browser)
    return heard


@pytest.fixture(autouse=True)
def _nothing_is_stopped(violations: Violations) -> Iterator[None]:
    """No page of any journey asks for what its own content policy forbids."""
    violations.taken()
    yield
    assert violations.taken() == []


@dataclass
class Watched:
    """A browser window, and what went on in it."""

    page: Page
    said: list[str]  # by the console: errors, and what the content policy stopped
    requests: list[Request]

    def console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.said.append(text)


def watched(context: BrowserContext) -> Watched:
    """A new window of this context."""
    page = context.new_page()
    seen = Watched(page, [], [])
    page.on("console", lambda message: seen.console(message.type, message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("request", lambda request: seen.requests.append(request))  # noqa: PLW0108 - Playwright takes no built-in
    return seen


def signed_in(demo: Demo, name: str, *, staff: bool = False) -> list[dict[str, str]]:
    """Sign in as the form does, without a browser; the cookies that it gave."""
    start = "/medarbejder/log-ind" if staff else "/log-ind"
    with requests.Session() as browser:
        browser.trust_env = False
        token = _field(browser.get(demo.address + start, timeout=10).text, "csrf_token")
        onward = browser.post(demo.address + start, {"csrf_token": token}, timeout=10).text
        there = re.search(r"url=([^\"]+)\">", onward)
        assert there is not None
        address = there[1].replace("&amp;", "&")
        page = browser.get(address, timeout=10).text
        number = re.search(rf'value="(\d+)"[^>]*>{re.escape(name)}<', page)
        assert number is not None, name
        chosen = {"ticket": _field(page, "ticket"), "person": number[1], "level": "substantial"}
        assert browser.post(address, chosen, timeout=10).ok
        host = str(urlsplit(demo.address).hostname)
        return [{"name": cookie.name, "value": str(cookie.value), "domain": host, "path": "/"}
                for cookie in browser.cookies]  # fmt: skip


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, page
    return found[1]


@pytest.fixture(scope="session")
def cookies(demo: Demo) -> dict[str, list[dict[str, str]]]:
    """The cookies of people who have signed in, by name; filled as they are asked for."""
    return {}


def opened(
    browser: Browser, width: int, view: str, *, scripts: bool = True,
    kept: list[dict[str, str]] | None = None, **more: object,
) -> BrowserContext:  # fmt: skip
    """A browser of this width, in this view, signed in where cookies are given."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        java_script_enabled=scripts,
        **more,  # type: ignore[arg-type]  # passed on
    )
    chosen = {"name": "visning", "value": view, "domain": "127.0.0.1", "path": "/"}
    context.add_cookies([chosen, *(kept or [])])  # type: ignore[list-item]  # of the same shape
    context.set_default_timeout(10_000)
    return context
