"""Phrases that say nothing, or promise what nobody can keep: none of them stands in any view."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.i18n import VIEWS

TRANSLATIONS = Path(__file__).parents[3] / "translations"
FORBIDDEN = re.compile(
    r"hurtigst\s+muligt|snarest|as\s+soon\s+as\s+possible|inden\s+for\s+rimelig\s+tid"
    r"|within\s+(a\s+)?reasonable\s+time"
    # An average of months is a date for nobody.
    r"|gennemsnit[^\n]{0,40}\d[\d.,]*\s+måned|average[^\n]{0,40}\d[\d.,]*\s+month",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "text",
    ["Ring til os hurtigst muligt.", "Send det snarest.", "Call us as soon as\npossible.",
     "I gennemsnit 4,4 måneder.", "An average of 4.4 months."],
)  # fmt: skip
def test_what_is_forbidden_is_found(text: str) -> None:
    assert FORBIDDEN.search(text)


@pytest.mark.parametrize("view", VIEWS)
def test_no_text_holds_a_phrase_that_says_nothing(view: str) -> None:
    files = [*(TRANSLATIONS / view).rglob("*.toml"), *(TRANSLATIONS / view).rglob("*.po")]
    assert len(files) > 20
    said = {path.name: FORBIDDEN.findall(path.read_text("utf-8")) for path in files}
    assert not {name: found for name, found in said.items() if found}
