"""The key pages, on a portal whose day does not pass: what they say is the same each time."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import pytest

from portal import clock
from tests.journeys.conftest import opened
from tests.pages.conftest import set_up, settings_for
from tests.pages.public.conftest import served
from tests.servers.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.pages.conftest import Stage

NOON = datetime(2026, 11, 18, 11, 0, tzinfo=UTC)  # a Wednesday


class Spoken(NamedTuple):
    """A page, who reads it, and which part of it is read aloud."""

    name: str
    path: str  # {26-10301} is the key of a case
    who: str | None = None
    part: str = "main"


PAGES = (
    Spoken("home", "/", part="body"),
    Spoken("sign-in", "/log-ind"),
    Spoken("cases", "/sager", "sigrid"),
    Spoken("case", "/sager/{26-10301}", "yusuf"),
    Spoken("decision", "/sager/{26-10701}", "sigrid"),
    Spoken("volunteering", "/deltag", "amalie"),
    Spoken("correction", "/dine-oplysninger/ret", "noor"),
    Spoken("not-found", "/findes-ikke"),
)


@contextmanager
def standing(folder: Path, key_file: Path) -> Iterator[tuple[Stage, str]]:
    """A portal on which it is always the same noon, and its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        stage = set_up(settings_for(f"sqlite:///{folder / 'stage.db'}", folder, key_file))
        port = free_port()
        with served(stage.app, port):
            yield stage, f"http://localhost:{port}"
        stage.engine.dispose()


@contextmanager
def window(browser: Browser, stage: Stage, address: str, page: Spoken, view: str) -> Iterator[Page]:
    """This page, in a window of whoever reads it."""
    context = opened(browser, 1280, view, scripts=True)
    host = {"domain": "localhost", "path": "/"}
    cookies = [{"name": "visning", "value": view, **host}]
    if page.who:
        cookie = stage.signed_in(page.who).get_cookie("indblik")
        assert cookie is not None
        cookies.append({"name": "indblik", "value": cookie.value, **host})
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as Playwright takes them
    shown = context.new_page()
    path = page.path.format(**{number: str(key) for number, key in stage.cases.items()})
    shown.goto(address + path)
    yield shown
    context.close()
