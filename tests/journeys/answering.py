"""The answer door as a process of its own, and a page that leads to it as the portal's does."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import requests

from portal import clock
from portal.cli.database import OF_ANSWERS, upgraded
from tests.door.tickets import Issuer
from tests.servers.processes import answers, free_port, running, temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page, Response

TEXT = "Ring til mig på 12345678. Der stod ikke hvorfor."
HELD_SHUT = re.compile(r"indblik\.door: OperationalError at default\.py:\d+")
ROOT = Path(__file__).parents[2]
PORTAL = "http://127.0.0.1:9"  # nobody listens there: what it says is put before the browser
ONWARD = """<!doctype html><html lang="da"><title>Portal</title>
<form method="post" action="{address}/">{fields}<button id="onward">Videre</button></form>"""


@dataclass(frozen=True)
class Door:
    """A door that runs, and who signs for it."""

    address: str
    issuer: Issuer
    folder: Path

    def ticket(self) -> dict[str, str]:
        return self.issuer.ticket()

    def entered(
        self, context: BrowserContext, view: str, ticket: dict[str, str] | None = None
    ) -> Page:
        """A window that comes from the portal with a ticket, and sees the first page."""
        fields = {**(ticket or self.ticket()), "visning": view}
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in fields.items()
        )
        page = context.new_page()
        body = ONWARD.format(address=self.address, fields=hidden)
        page.route(f"{PORTAL}/", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.goto(f"{PORTAL}/")
        page.click("#onward")
        page.wait_for_url(f"{self.address}/**")
        return page


def pressed(page: Page, name: str) -> Response:
    """Press a button of the form `svar`, by where it leads, and take what comes."""
    with page.expect_navigation() as onward:
        page.click(f"form#svar button[name=til][value='{name}']")
    answer: Response | None = onward.value
    assert answer is not None
    return answer


@contextmanager
def served(folder: Path) -> Iterator[Door]:
    """A door with a list and a database of its own."""
    port = free_port()
    address = f"http://localhost:{port}"
    issuer = Issuer(folder / "cohorts.jsonl")
    day = clock.day_of(clock.now())
    issuer.publish(day, q4_work=(-60, 30, 58), q4_children=(-90, -40, -12))  # one is closed
    env = {
        "INDBLIK_DOOR_DATABASE_URL": f"sqlite:///{folder / 'answers.db'}",
        "INDBLIK_DOOR_PUBLIC_URL": address,
        "INDBLIK_DOOR_COHORTS_FILE": str(issuer.file),
        "INDBLIK_PORTAL_URL": "http://127.0.0.1",
        "INDBLIK_PHONE": "00 00 00 00",
        "INDBLIK_PHONE_HOURS": "mandag–torsdag kl. 9–15",
    }
    upgraded(env["INDBLIK_DOOR_DATABASE_URL"], OF_ANSWERS)
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("INDBLIK_")}
    pairs = [f"{name}={value}" for name, value in (inherited | env).items()]
    server = [sys.executable, "-m", "gunicorn", "-c", "python:portal.door.serving",
              "--bind", f"127.0.0.1:{port}", "--graceful-timeout", "1"]  # fmt: skip

    def ready() -> bool:
        try:
            return answers(port) and requests.get(f"{address}/health/ready", timeout=2).ok
        except requests.RequestException:
            return False

    with running(["env", "-C", str(ROOT), *pairs, *server], ready, folder / "door.log"):
        yield Door(address, issuer, folder)


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    """A door, for all tests of a worker. Its log tells that the store was held shut, no more."""
    with temporary_folder("door") as folder:
        with served(folder) as made:
            yield made
            # Before it is asked to end: on a busy machine gunicorn has words of its own for that.
            log = (folder / "door.log").read_text().splitlines()
        odd = [line for line in log if not HELD_SHUT.fullmatch(line)]
        assert odd == [], odd


@contextmanager
def locked(door: Door) -> Iterator[None]:
    """The store held by somebody else for longer than a page waits."""
    with closing(sqlite3.connect(door.folder / "answers.db", isolation_level=None)) as store:
        store.execute("BEGIN EXCLUSIVE")
        yield
        store.execute("ROLLBACK")
