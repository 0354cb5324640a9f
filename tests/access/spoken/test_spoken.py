"""What key pages sound like is what a person has read, and found right.

`INDBLIK_TRANSCRIPTS=write pytest tests/access/spoken -m access` writes what they say now into
transcripts/. Read the difference, aloud where it is not clear, before it is committed; then put
the day into reviewed.toml.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from typing import TYPE_CHECKING

import pytest

from portal.i18n import VIEWS
from tests.access.proof.keeping import BUILD
from tests.access.spoken.listening import FOLDER, transcript
from tests.access.spoken.stage import PAGES, standing, window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.access.spoken.stage import Spoken
    from tests.pages.conftest import Stage

WRITE = os.environ.get("INDBLIK_TRANSCRIPTS") == "write"
REVIEWED: dict[str, date] = tomllib.loads((FOLDER.parent / "reviewed.toml").read_text())["views"]
HEARD = [view for view in ("da", "en", "ar") if view in VIEWS]
ALWAYS = ("home", "case")


@pytest.fixture(scope="module")
def standing_portal(
    tmp_path_factory: pytest.TempPathFactory, key_file: Path
) -> Iterator[tuple[Stage, str]]:
    with standing(tmp_path_factory.mktemp("spoken"), key_file) as made:
        yield made


def _difference(browser: Browser, portal: tuple[Stage, str], page: Spoken, view: str) -> list[str]:
    with window(browser, *portal, page, view) as shown:
        said = transcript(shown, page.part)
    file = FOLDER / view / f"{page.name}.txt"
    if WRITE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(said) + "\n")
    read = file.read_text().splitlines() if file.exists() else []
    return list(difflib.unified_diff(read, said, "read by a person", "said now", lineterm="", n=1))


@pytest.mark.access
@pytest.mark.parametrize("view", HEARD)
def test_a_view_sounds_as_it_was_read(
    browser: Browser, standing_portal: tuple[Stage, str], view: str
) -> None:
    mark = BUILD / "spoken" / f"{view}.txt"
    mark.unlink(missing_ok=True)
    told = {page.name: _difference(browser, standing_portal, page, view) for page in PAGES}
    assert {name: lines for name, lines in told.items() if lines} == {}
    assert view in REVIEWED
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{REVIEWED[view]}\n")


@pytest.mark.parametrize("page", [page for page in PAGES if page.name in ALWAYS],
                         ids=lambda page: page.name)  # fmt: skip
def test_the_most_used_pages_each_time(
    browser: Browser, standing_portal: tuple[Stage, str], page: Spoken
) -> None:
    assert _difference(browser, standing_portal, page, "da") == []
