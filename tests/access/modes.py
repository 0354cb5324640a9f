"""The same page in forced colours, without motion, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.access.window import eye
from tests.access.words import PRACTICE, Finding

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _told(page: Page, name: str, criterion: str) -> list[Finding]:
    return [
        Finding(criterion, "probe", rule, selector, evidence, certain=True)
        for rule, selector, evidence in page.evaluate(eye(name))
    ]


def forced_colours(page: Page) -> list[Finding]:
    """Where the reader's own few colours are used, nothing vanishes that only colour drew."""
    page.emulate_media(forced_colors="active")
    found = _told(page, "forced", "1.4.11")
    page.emulate_media(forced_colors="none")
    return found


def without_motion(page: Page) -> list[Finding]:
    """Who wants it still gets it still."""
    page.emulate_media(reduced_motion="reduce")
    found = _told(page, "still", "2.3.3")
    page.emulate_media(reduced_motion="no-preference")
    return found


def on_paper(page: Page) -> list[Finding]:
    """Printed, the text is there and dark enough."""
    page.emulate_media(media="print")
    found = _told(page, "paper", PRACTICE)
    page.emulate_media(media="screen")
    return found
