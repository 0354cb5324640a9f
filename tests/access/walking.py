"""Through the page by Tab: everything is reached, seen, and left again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.access.window import eye
from tests.access.words import Finding

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

FAR = 90  # stops; a page with more of them is walked so far
LEAST = 3.0  # contrast of what tells where one is
STILL = "*, *::before, *::after { transition: none !important; scroll-behavior: auto !important }"


@dataclass
class Walk:
    """A way through a page."""

    stops: list[str]
    visits: list[dict[str, Any]] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    ended: bool = False  # went round, or left the page

    def tell(self, criterion: str, rule: str, selector: str, evidence: str) -> None:
        self.found.append(Finding(criterion, "probe", rule, selector, evidence, certain=True))


def walk(page: Page) -> list[Finding]:
    """What is wrong with the way through a page by Tab."""
    page.evaluate(eye("sheet"), STILL)
    where = page.url
    way = Walk(page.evaluate(eye("stops"), "start")["stops"])

    def spoken(dialog: Dialog) -> None:
        way.tell("3.2.1", "a-window-at-focus", "html", dialog.message)
        dialog.dismiss()

    page.on("dialog", spoken)
    for _step in range(min(len(way.stops), FAR) + 3):
        page.keyboard.press("Tab")
        if page.url.split("#")[0] != where.split("#")[0]:
            way.tell("3.2.1", "left-the-page-at-focus", "html", page.url)
            page.goto(where)
            return way.found
        if not _step_on(way, page.evaluate(eye("stops"), "next")):
            break
    page.remove_listener("dialog", spoken)
    page.evaluate(eye("sheet"), "")
    _judge(way)
    return way.found


def _step_on(way: Walk, stop: dict[str, Any] | None) -> bool:
    """Note where Tab has led; False where the way ends."""
    if stop is None:
        way.ended = bool(way.visits)
        return not way.visits
    paths = [visit["path"] for visit in way.visits]
    if paths and stop["path"] == paths[0] and len(paths) > 1:
        way.ended = True
        return False
    if stop["path"] in paths and not stop["frame"]:
        return _again(way, stop, paths)
    way.visits.append(stop)
    return True


def _again(way: Walk, stop: dict[str, Any], paths: list[str]) -> bool:
    """Back where one was, and not at the beginning: Tab does not lead on."""
    alone = len(way.stops) <= 1
    if alone or (stop["dialog"] and all(visit["dialog"] for visit in way.visits)):
        way.ended = True
        return False
    missed = len(set(way.stops) - set(paths))
    way.tell("2.1.2", "tab-does-not-lead-on", stop["path"], f"{missed} stops are never reached")
    return False


def _judge(way: Walk) -> None:
    for visit in way.visits:
        told = f"{visit['text']} ({', '.join(visit['changed']) or 'nothing changes'})"
        if not visit["shown"] and not visit["frame"]:
            way.tell("2.4.7", "focus-on-what-is-not-seen", visit["path"], told)
        elif visit["strongest"] <= 1.01:
            way.tell("2.4.7", "focus-not-visible", visit["path"], told)
        elif visit["strongest"] < LEAST:
            faint = f"{visit['strongest']:.1f} : 1, {told}"
            way.tell("1.4.11", "focus-hardly-visible", visit["path"], faint)
        if visit["covered"] and visit["shown"]:
            way.tell("2.4.11", "focus-covered", visit["path"], f"under {visit['covered']}")
    order = [visit["at"] for visit in way.visits if visit["index"] == 0 and visit["at"] >= 0]
    if order != sorted(order):
        back = next(i for i in range(1, len(order)) if order[i] < order[i - 1])
        way.tell("2.4.3", "tab-leads-back", way.visits[back]["path"], way.visits[back]["text"])
    if way.ended and len(way.stops) < FAR:
        reached = {visit["path"] for visit in way.visits}
        for missed in [path for path in way.stops if path not in reached][:3]:
            if not any(visit["frame"] or visit["dialog"] for visit in way.visits):
                way.tell("2.1.1", "not-reached-by-tab", missed, "Tab passes it by")
