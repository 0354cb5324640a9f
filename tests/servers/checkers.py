"""Nu HTML checker and axe: what other people's programs say about our pages."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from tests.servers.processes import answers, free_port, running, temporary_folder
from tests.servers.skips import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

NODE_MODULES = Path(__file__).parents[1] / "node" / "node_modules"

NuHtml = Callable[[str], list[str]]
Axe = Callable[["Page"], list[str]]

RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(" ")}`))"""


@contextlib.contextmanager
def nu_listening() -> Iterator[int]:
    """The port of a Nu HTML checker, for several processes that ask it."""
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.exists():
        missing("the Nu HTML checker")
    port = free_port()
    bound = "-Dnu.validator.servlet.bind-address=127.0.0.1"
    server = [java, "-Xmx384m", bound, "-cp", str(jar), "nu.validator.servlet.Main", str(port)]
    with (
        temporary_folder("nu") as folder,
        running(server, lambda: answers(port), folder / "log"),
    ):
        yield port


@contextlib.contextmanager
def nu_server() -> Iterator[NuHtml]:
    """The same for programs that are no tests, as long as they need it."""
    with nu_listening() as port, requests.Session() as session:
        yield lambda html: nu(session, port, html)


@pytest.fixture(scope="session")
def nu_html() -> Iterator[NuHtml]:
    """What the Nu HTML checker finds in a document: nothing is an empty list."""
    with nu_server() as asked:
        yield asked


def nu(session: requests.Session, port: int, html: str) -> list[str]:
    """What the checker at this port finds in a document."""
    answer = session.post(
        f"http://127.0.0.1:{port}/?out=json",
        html.encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
        timeout=30,
    )
    answer.raise_for_status()
    return [
        f"{found['type']}, line {found.get('lastLine')}: {found['message']}"
        for found in answer.json()["messages"]
    ]


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The axe-core program, to be evaluated in a page (a content policy does not stop that)."""
    path = NODE_MODULES / "axe-core" / "axe.min.js"
    if not path.exists():
        missing("axe-core")
    return path.read_text()


@pytest.fixture(scope="session")
def axe(axe_source: str) -> Axe:
    """What axe finds in the whole document, all rules on: nothing is an empty list."""

    def findings(page: Page) -> list[str]:
        page.evaluate(axe_source)
        result: Any = page.evaluate(RUN_AXE)
        return [str(found) for found in result]

    return findings
