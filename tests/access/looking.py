"""Look at a page with everything there is, and say what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from tests.access import behaving, modes, pictures, probing, programs, walking, window
from tests.access.words import Level

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from portal.i18n import View
    from tests.access.words import Finding
    from tests.servers.checkers import NuHtml


def look(
    page: Page, *, view: View, width: int, level: Level, nu_html: NuHtml | None = None
) -> list[Finding]:
    """What stands in the way of readers of this page, seen in a window of this width.

    The Nu HTML checker is a server: whoever looks at many pages starts it and hands it over. It
    is asked for the page anew, as a browser's own copy has every fault of markup mended.
    """
    height = (page.viewport_size or {"height": 800})["height"]
    page.set_viewport_size({"width": width, "height": height})
    found = [*probing.probe(page), *programs.axe(page), *programs.code_sniffer(page)]
    found += [*window.as_it_stands(page), *pictures.moving(page)]
    if nu_html is not None:
        found += programs.markup(nu_html, _sent(page))
    if level is Level.WHOLE:
        found += _at_length(page, width, height)
    return sorted(set(found))


def _at_length(page: Page, width: int, height: int) -> list[Finding]:
    """Changed in every way that readers change a page, and as it was afterwards."""
    found = walking.walk(page)
    found += modes.forced_colours(page) + modes.without_motion(page) + modes.on_paper(page)
    found += window.spaced(page)
    if width >= window.WIDE:
        found += window.larger(page)
        found += window.small(page)
        page.set_viewport_size({"width": width, "height": height})
        found += behaving.behave(page)
    return found


def _sent(page: Page) -> str:
    """The page's markup as it was sent."""
    address = urlsplit(page.url)
    if address.scheme == "file":
        with open(url2pathname(address.path), encoding="utf-8") as file:  # noqa: PTH123 - a path of the page's
            return file.read()
    if address.scheme in {"http", "https"}:
        return page.request.get(page.url).text()
    return page.content()
