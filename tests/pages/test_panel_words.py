"""The page of volunteering as it is read: short sentences, plain words, in each view."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.i18n import STAFF_VIEWS, catalogs
from portal.panels.queries import purposes
from portal.readability.rules import lix, longest_sentence

if TYPE_CHECKING:
    from tests.pages.conftest import Stage

HIGHEST = {"da": 34.0, "da-simple": 24.0}
LONGEST = 20  # words in a sentence
CATALOGS = catalogs(Path(__file__).parents[2] / "translations")
WRITTEN = Path(__file__).parents[2] / "translations" / "da"


def keys(subject: str) -> list[str]:
    """The keys of one of the files of a catalog; those that count have forms of their own."""
    written = "".join(path.read_text("utf-8") for path in WRITTEN.glob(f"*/{subject}.po"))
    found = re.findall(r'^msgid "(.+)"\n(?!msgid_plural)', written, re.MULTILINE)
    assert len(found) > 20
    return found


def read(page: str) -> str:
    """What stands in the page itself, a block a paragraph."""
    body = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    blocks = re.sub(r"</(?:p|h1|h2|li|dt|dd|label|legend|span|button)>", "\n\n", body)
    return unescape(re.sub(r"<[^>]+>", " ", blocks))


@pytest.mark.parametrize("person", ["amalie", "rosa"])
@pytest.mark.parametrize("view", HIGHEST)
def test_the_page_is_easy_to_read(stage: Stage, person: str, view: str) -> None:
    text = read(stage.signed_in(person).get(f"/deltag?visning={view}").text)
    assert "invitere" in text or "spørge" in text
    assert lix(text) <= HIGHEST[view]


@pytest.mark.parametrize("subject", ["changes", "panels", "release"])
@pytest.mark.parametrize("view", STAFF_VIEWS)
def test_every_sentence_is_short_and_in_every_view(view: str, subject: str) -> None:
    for key in keys(subject):
        said = CATALOGS[view].gettext(key)
        assert said != key, key
        assert longest_sentence(re.sub(r"%\(\w+\)s", "x", said)) <= LONGEST, key


@pytest.mark.parametrize("view", STAFF_VIEWS)
def test_what_was_agreed_to_can_always_be_read_again(view: str) -> None:
    for purpose in purposes():
        key = f"panels.consent.{purpose.version}"
        assert CATALOGS[view].gettext(key) != key
