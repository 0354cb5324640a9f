"""Look at a page with everything there is, and say what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.access import programs

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from portal.i18n import View
    from tests.access.words import Finding, Level


def look(page: Page, *, view: View, width: int, level: Level) -> list[Finding]:
    """What stands in the way of readers of this page, seen in a window of this width."""
    height = (page.viewport_size or {"height": 800})["height"]
    page.set_viewport_size({"width": width, "height": height})
    return sorted(programs.axe(page))
