"""Wapiti over the running portal, as nobody, as a citizen and as staff: nothing is open."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.journeys.conftest import demo as demo  # noqa: PLC0414 - the fixture, for this folder too
from tests.journeys.conftest import signed_in
from tests.journeys.pages import name_of
from tests.security.wapiti import LONG, SHORT, Scan, scanned
from tests.servers.processes import answers, free_port, running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Demo

WHO = {"nobody": None, "yusuf": False, "temaejer": True}  # whether staff
EVERYBODY = (*WHO, "advokat", "kvalitet", "koder", "redaktor", "databeskytter")
STAFF = {*WHO, *EVERYBODY} - {"nobody", "yusuf", "advokat"}
LONG_RUN = os.environ.get("INDBLIK_SCAN") == "long"
# The demonstration speaks plain HTTP with this machine alone; what hangs on HTTPS is looked at in
# test_observatory.py, over every class of response.
PLAIN = ("Strict-Transport-Security is not set", "Secure flag is not set")


def visited(who: str) -> list[str]:
    return ["medarbejder"] if who in STAFF else ["sager"] if who != "nobody" else ["log-ind"]


@pytest.mark.parametrize("who", EVERYBODY if LONG_RUN else ["yusuf"])
def test_the_running_portal(demo: Demo, tmp_path: Path, who: str) -> None:
    cookies = {} if who == "nobody" else {
        one["name"]: one["value"] for one in signed_in(demo, name_of(who), staff=who in STAFF)
    }  # fmt: skip
    modules, crawl, attack = (LONG, 300, 120) if LONG_RUN else (SHORT, 20, 4)
    scan = Scan(f"{demo.address}/", cookies, modules, crawl, attack, visited(who), ("log-ud",))
    seen = scanned(scan, tmp_path)
    assert [one for one in seen.findings if not any(plain in one for plain in PLAIN)] == []
    assert seen.pages > 3


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "tests.security.flawed_pages", str(port)]
    modules = ("csp", "http_headers", "xss", "redirect", "sql", "file")
    with running(command, lambda: answers(port), tmp_path / "log"):
        found = scanned(Scan(f"http://127.0.0.1:{port}/", {}, modules, 20, 20), tmp_path).findings
    for wanted in ("/echo", "/go", "/find", "/file", "X-Frame-Options", "CSP"):
        assert any(wanted in one for one in found), (wanted, found)
