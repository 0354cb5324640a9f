"""What the door says: whole in every view, and easy to read."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from portal.i18n import VIEWS
from portal.readability.rules import lix, longest_sentence
from portal.scrubbing.words import KINDS, MORE
from tests.guards.tree import ROOT

if TYPE_CHECKING:
    from tests.door.conftest import Reader, Stage

HIGHEST = {"da": 34.0, "da-simple": 24.0}
LONGEST = 20  # words in a sentence
BLOCKS = {"p", "li", "h1", "h2", "legend", "label", "dt", "dd", "summary", "button", "span", "div"}
PLACE = re.compile(r"%\((\w+)\)s")
VALUES = {"most": "3.000", "long": "3.200", "phone": "00 00 00 00", "number": "2", "count": "6",
          "hours": "9 til 15", "words": "smed"}  # fmt: skip


def catalog(view: str) -> dict[str, str]:
    """What a view says, by key."""
    file = ROOT / "translations" / view / "LC_MESSAGES" / "door.po"
    with file.open("rb") as opened:
        return {str(one.id): str(one.string) for one in read_po(opened) if one.id}


def test_the_views_say_the_same_things() -> None:
    danish = catalog("da")
    for view in VIEWS:
        other = catalog(view)
        assert other.keys() == danish.keys()
        assert all(text.strip() for text in other.values())
        places = {key: set(PLACE.findall(text)) for key, text in other.items()}
        assert places == {key: set(PLACE.findall(text)) for key, text in danish.items()}


@pytest.mark.parametrize("view", VIEWS)
def test_every_kind_that_is_hidden_has_a_name(view: str) -> None:
    assert {f"door.hidden.{kind}" for kind in (*KINDS, MORE)} <= catalog(view).keys()


def test_no_key_is_left_over() -> None:
    said = "".join(
        path.read_text("utf-8")
        for folder, kind in (("templates/door", "*.html"), ("portal/door", "*.py"), ("forms", "*"))
        for path in (ROOT / folder).glob(kind)
        if path.is_file()
    )
    made = {"door.hidden.", "door.notice.then."}  # put together from a code
    kinds = {"forged", "closed", "spent", "version", "bad_request", "not_found", "too_large",
             "file", "unavailable", "failure"}  # fmt: skip
    left = [
        key
        for key in catalog("da")
        if f'"{key}"' not in said
        and not key.startswith(tuple(made))
        and key.split(".")[1] not in kinds
    ]
    assert left == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_sentence_is_longer_than_twenty_words(view: str) -> None:
    said = {key: PLACE.sub(lambda found: VALUES[found[1]], text)
            for key, text in catalog(view).items()}  # fmt: skip
    assert not {key: text for key, text in said.items() if longest_sentence(text) > LONGEST}


class _Blocks(HTMLParser):
    """The text of a page's `main`, a block a paragraph, fields left out."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.inside = self.inside or tag == "main"
        if tag in BLOCKS:
            self.text.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        if tag in BLOCKS:
            self.text.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text.append(data)


def main_text(page: str) -> str:
    seen = _Blocks()
    seen.feed(page)
    return "".join(seen.text)


def walked(reader: Reader) -> dict[str, str]:
    """Each page of a whole way, as text."""
    found = {"notice": main_text(reader.page.text)}
    for number in range(1, 7):
        found[str(number)] = main_text(reader.goes(str(number)).text)
    page = reader.goes("tjek", trust="high", could_be_better_text="Lyt mere til mig.")
    found["check"] = main_text(page.text)
    receipt = reader.client.get(str(reader.goes("send").location))
    return found | {"receipt": main_text(receipt.text)}


@pytest.mark.parametrize("view", HIGHEST)
def test_every_page_is_easy_to_read(stage: Stage, view: str) -> None:
    pages = walked(stage.begins(view))
    home = stage.app.test_client().get(f"/?visning={view}")
    pages["home"] = main_text(home.text)
    scores = {name: round(lix(text), 1) for name, text in pages.items()}
    assert not {name: score for name, score in scores.items() if score > HIGHEST[view]}


@pytest.mark.parametrize("view", HIGHEST)
def test_every_refusal_is_easy_to_read(view: str) -> None:
    said = catalog(view)
    for kind in ("forged", "closed", "spent", "version", "too_large", "file", "unavailable"):
        parts = [said[f"door.{kind}.{part}"] for part in ("title", "text", "next")
                 if f"door.{kind}.{part}" in said]  # fmt: skip
        assert lix("\n\n".join(parts)) <= HIGHEST[view], kind
