"""Two browsers that look at one page after another; what hangs is ended, told, and gone past."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

import requests
from playwright.sync_api import Error, sync_playwright

from portal.i18n import VIEWS
from tests.access.looking import look as looked
from tests.access.programs import carry, markup
from tests.access.proof.across import shape_of
from tests.access.proof.keeping import BUILD, Store, digest
from tests.access.proof.words import WIDTHS, Seen
from tests.access.words import Finding, Level
from tests.servers.checkers import nu
from tests.servers.chromium import PROGRAM, QUIET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

    from playwright.sync_api import Browser, Page, Route

    from tests.access.proof.words import Shape, Task

PATIENCE = 150  # seconds for one look, on a machine with other things to do
FRESH_AFTER = 150  # looks; then a new browser
REFUSED = 400  # and above: the status of what was not given
GIVE_UP = 8  # looks in a row that failed: it is not the pages


@dataclass(frozen=True)
class Work:
    """What a worker has to know."""

    programs: str  # the digest of what looks
    again: bool  # look also where nothing has changed
    nu: int  # the port of the Nu HTML checker


# --- In the worker.


def work(line: Connection, job: Work) -> None:
    """Look at what comes along the line until it closes."""
    with suppress(EOFError, KeyboardInterrupt), sync_playwright() as playwright:
        while True:
            browser = playwright.chromium.launch(executable_path=PROGRAM, args=QUIET)
            for _time in range(FRESH_AFTER):
                line.send(_seen(browser, line.recv(), job))
            browser.close()


def _seen(browser: Browser, task: Task, job: Work) -> Seen:
    began, look = time.monotonic(), task.look
    try:
        answer = requests.get(look.address, timeout=60)
        known = digest(answer.text, job.programs)
        if not job.again and (kept := _kept(task, known)):
            return kept
        found, shape = _looked(browser, task)
        if look.width == max(WIDTHS):  # what was sent is the same in any window
            with requests.Session() as session:
                found += markup(lambda page: nu(session, job.nu, page), answer.text)
    except (Error, requests.RequestException, AssertionError, ValueError, KeyError) as error:
        said = f"{type(error).__name__}: {error}"[:2000]
        return Seen(look, "", 0, time.monotonic() - began, (), broken=said)
    spent = round(time.monotonic() - began, 2)
    seen = Seen(look, known, answer.status_code, spent, tuple(found), shape, whole=task.whole)
    Store().keep(seen)
    return seen


def _kept(task: Task, known: str) -> Seen | None:
    """What was seen before, where the page is the same and was looked at as long."""
    kept = Store().of(task.look)
    same = kept and kept.digest == known and kept.whole >= task.whole
    return kept if same else None


def _looked(browser: Browser, task: Task) -> tuple[list[Finding], Shape]:
    look = task.look
    context = browser.new_context(viewport={"width": look.width, "height": 800})
    context.set_default_timeout(20_000)
    try:
        carry(context)
        page = context.new_page()
        left = _kept_here(page, look.address)
        refused: list[str] = []
        page.on(
            "response", lambda told: refused.append(told.url) if told.status >= REFUSED else None
        )
        page.goto(look.address)
        if missing := [url for url in refused if url != look.address]:
            message = f"asked for what is not there: {missing}"  # it is not dressed as it should be
            raise ValueError(message)
        onward = page.locator("meta[http-equiv=refresh], script[data-left]").count() > 0
        shape = shape_of(page)
        level = Level.WHOLE if task.whole else Level.QUICK
        found = looked(page, view=VIEWS[look.view], width=look.width, level=level)
        if left and not onward:
            found.append(
                Finding("3.2.1", "across", "leaves-by-itself", "html", left[0], certain=True)
            )
        if any(one.certain for one in found):
            page.goto(look.address)
            page.set_viewport_size({"width": look.width, "height": 800})
            page.screenshot(path=BUILD / "evidence" / f"{look.name}.png", full_page=True)
    finally:
        context.close()
    return found, shape


def _kept_here(page: Page, address: str) -> list[str]:
    """Let the page lead nowhere while it is looked at; the list says where it wanted to go.

    The page that leads to the sign-in goes on by itself, and a session may end meanwhile.
    """
    left: list[str] = []

    def decided(route: Route) -> None:
        away = route.request.url.partition("#")[0] != address.partition("#")[0]
        if away and route.request.is_navigation_request():
            left.append(route.request.url)
            route.fulfill(status=204)  # nothing comes of it, and the page stays
        else:
            route.continue_()

    page.route("**/*", decided)
    return left


# --- In the process that hands out.


@dataclass
class Hand:
    """A worker, and what it has in hand."""

    process: BaseProcess
    line: Connection
    task: Task | None = None
    since: float = 0.0


def _hired(job: Work) -> tuple[BaseProcess, Connection]:
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=work, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _give(hand: Hand, waiting: list[Task]) -> None:
    hand.task = waiting.pop() if waiting else None
    hand.since = time.monotonic()
    if hand.task:
        hand.line.send(hand.task)


def all_seen(
    tasks: Sequence[Task], job: Work, processes: int, until: Callable[[], bool]
) -> Iterator[Seen]:
    """Each look as it is done. After `until` nothing more is handed out."""
    waiting = list(reversed(tasks))
    hands = [Hand(*_hired(job)) for _ in range(min(processes, len(tasks)))]
    failures = 0
    for hand in hands:
        _give(hand, waiting)
    try:
        while busy := [hand for hand in hands if hand.task]:
            for hand, seen in _done(busy):
                failures = failures + 1 if seen.broken else 0
                yield seen
                if until() or failures >= GIVE_UP:
                    waiting.clear()
                if not hand.process.is_alive():
                    hand.process, hand.line = _hired(job)
                _give(hand, waiting)
    finally:
        for hand in hands:
            hand.process.kill()
            hand.process.join()


def _done(busy: Sequence[Hand]) -> Iterator[tuple[Hand, Seen]]:
    """Who is done, or has been at it for too long, or has gone."""
    ready = wait([hand.line for hand in busy], timeout=1)
    for hand in busy:
        assert hand.task is not None
        if hand.line in ready:
            try:
                yield hand, hand.line.recv()
            except (EOFError, ConnectionError):
                hand.process.join(5)
                yield hand, Seen(hand.task.look, "", 0, 0, (), broken="the browser's process ended")
        elif time.monotonic() - hand.since > PATIENCE:
            hand.process.kill()
            hand.process.join()
            yield hand, Seen(hand.task.look, "", 0, PATIENCE, (), broken="it took too long")
