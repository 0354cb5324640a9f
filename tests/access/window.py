"""The same page in a small window, with larger text, with more room between the lines."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.access.words import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

EYES = Path(__file__).with_name("eyes")
SMALL = (320, 256)  # 1280 × 1024 at 400 %
WIDE = 640  # wider windows are looked at again at 200 % text
# Success criterion 1.4.12, word for word.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
MOST_HELD = 0.55  # of a small window may be covered by what does not scroll


class Lost(NamedTuple):
    """A text that is cut off or printed over another."""

    kind: str
    selector: str
    evidence: str


@cache
def eye(name: str) -> str:
    """A program that looks, read once."""
    return (EYES / f"{name}.js").read_text()


def lost(page: Page) -> set[Lost]:
    """Text that cannot be read, as the window is now."""
    return {Lost(**told) for told in page.evaluate(eye("lost"))}


def as_it_stands(page: Page) -> list[Finding]:
    """Text that is lost, and a page wider than its window, before anything is changed."""
    seen = page.evaluate(eye("wide"))
    found = [_finding("1.3.2", f"text-{one.kind}", one) for one in lost(page)]
    return found + _too_wide(seen, "wider-than-the-window")


def small(page: Page) -> list[Finding]:
    """In a window of 320 × 256 everything is there, and one scrolls in one direction."""
    before = page.evaluate(eye("wide"))
    with_more = _changed(page, "1.4.10", "in-a-small-window", lambda: _resize(page, SMALL))
    after = page.evaluate(eye("wide"))
    found = with_more + _too_wide(after, "two-ways-of-scrolling")
    if after["held"] > MOST_HELD:
        held = f"{after['held']:.0%} of the window does not scroll"
        found.append(_probe("1.4.10", "little-room-to-read", "html", held))
    gone = [said for said in before["said"] if said not in after["said"] and len(said) > 40]
    if gone and not after["folded"]:
        found.append(_probe("1.4.10", "gone-in-a-small-window", "html", gone[0][:100]))
    return found


def _resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def larger(page: Page) -> list[Finding]:
    """Text at twice its size."""
    found = _changed(
        page, "1.4.4", "at-twice-its-size", lambda: page.evaluate(eye("double"), arg=True)
    )
    page.evaluate(eye("double"), arg=False)
    return found


def spaced(page: Page) -> list[Finding]:
    """The spacing that readers may ask for."""
    found = _changed(page, "1.4.12", "when-spaced", lambda: page.evaluate(eye("sheet"), SPACED))
    page.evaluate(eye("sheet"), "")
    return found


def _changed(page: Page, criterion: str, when: str, change: Callable[[], object]) -> list[Finding]:
    """What is lost by a change that was not lost before."""
    before = {(one.kind, one.selector) for one in lost(page)}
    change()
    return [_finding(criterion, f"text-{one.kind}-{when}", one)
            for one in lost(page) if (one.kind, one.selector) not in before]  # fmt: skip


def _too_wide(seen: dict[str, Any], rule: str) -> list[Finding]:
    if seen["wide"] <= 1:
        return []
    culprits = seen["culprits"] or [["html", 0]]
    return [_probe("1.4.10", rule, path, f"{seen['wide']} px too wide") for path, _ in culprits]


def _finding(criterion: str, rule: str, one: Lost) -> Finding:
    return _probe(criterion, rule, one.selector, one.evidence)


def _probe(criterion: str, rule: str, selector: str, evidence: str) -> Finding:
    return Finding(criterion, "probe", rule, selector, evidence, certain=True)
