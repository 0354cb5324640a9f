"""The pictures of docs/screens: `make screens` takes them anew. They are to be looked at.

Case page, decision page, feedback form and dashboard, in four views, on a phone and a large screen;
the dashboard is a page of staff, and taken in the views that staff have.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from portal.i18n import STAFF_VIEWS, VIEWS
from tests.access.journeys.ways import DECIDED, none_was_issued
from tests.journeys.conftest import demonstration, opened, signed_in
from tests.journeys.pages import name_of
from tests.servers.chromium import PROGRAM, QUIET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

    from tests.journeys.conftest import Demo

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
WANTED = tuple(key for key in ("da", "da-simple", "ar", "uk") if key in VIEWS)
WIDTHS = (320, 1280)
COLOURS = 128


class Picture(NamedTuple):
    """What is taken, and who looks at it."""

    name: str
    path: str
    who: str
    staff: bool = False


PICTURES = (
    Picture("cases", "/sager", "amalie"),
    Picture("case", "/sager/{26-10301}", "yusuf"),
    Picture("decision", f"/sager/{{{DECIDED}}}", "sigrid"),
    Picture("feedback", f"/sager/{{{DECIDED}}}", "sigrid"),
    Picture("dashboard", "/medarbejder/tal", "kvalitet", staff=True),
)


def take(browser: Browser, demo: Demo, folder: Path, only: Sequence[str] = ()) -> None:
    """Take all pictures, or those that are named: `case`, `case-ar`, `case-ar-320`."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        kept: list[dict[str, str]] = []
        for view in WANTED:
            if picture.staff and view not in STAFF_VIEWS:
                continue
            for width in WIDTHS:
                name = f"{picture.name}-{view}-{width}"
                if only and not any(f"{name}-".startswith(f"{one}-") for one in only):
                    continue
                kept = kept or signed_in(demo, name_of(picture.who), staff=picture.staff)
                context = opened(browser, width, view, kept=kept, reduced_motion="reduce")
                _take(context.new_page(), demo, picture, folder / f"{name}.png")
                context.close()


def _take(page: Page, demo: Demo, picture: Picture, file: Path) -> None:
    cases = {number: str(key) for number, key in demo.cases.items()}
    if picture.name == "feedback":
        none_was_issued(demo)
    page.goto(demo.address + picture.path.format(**cases))
    if picture.name == "feedback":
        _to_the_questions(page, demo)
    page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
    page.screenshot(path=file, full_page=True)
    Image.open(file).quantize(COLOURS).save(file, optimize=True)  # a third of the bytes
    print(file.name, flush=True)


def _to_the_questions(page: Page, demo: Demo) -> None:
    page.locator("[data-when=ready]").wait_for()
    page.locator(f"form[action='{demo.door}/'] button").first.click()
    page.locator("#svar button[value='1']").click()
    page.locator("#svar fieldset").first.wait_for()


def main() -> int:
    """Start the demonstration, and take them."""
    with demonstration() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=QUIET)
        take(browser, demo, FOLDER, sys.argv[1:])
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
