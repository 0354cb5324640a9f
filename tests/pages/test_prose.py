"""A passage becomes markup: values are escaped, terms explained once, marks named once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from portal.explanations.words import Audience, Passage, Text
from portal.i18n import VIEWS
from portal.pages.prose import Speaker

SCRIPT = "<script>alert('x')</script> & \"Co\""


def text(code: str, said: str, **audiences: str) -> Text:
    citizen, representative, party = (audiences.get(one.value, said) for one in Audience)
    return Text(
        code=code, version=1, original_version=1, valid_from=None, owner="", law=None,
        citizen=citizen, representative=representative, party=party,
    )  # fmt: skip


TEXTS = {
    ("da", "a.value"): text("a.value", "Sagen er hos {authority}."),
    ("da", "a.term"): text("a.term", "Du kan få [[reopening|sagen genoptaget]] nu."),
    ("da", "a.two"): text("a.two", "[[reopening|Genoptagelse]] hos [[ombudsman|ombudsmanden]]."),
    ("da", "a.date"): text("a.date", "Senest {date}."),
    ("da", "a.marks"): text("a.marks", 'Skriv "1 < 2" & send.'),
    ("da", "a.you"): text("a.you", "Parten", citizen="Du", representative="Din klient"),
    ("da", "term.reopening.meaning"): text("m", "Vi ser på den <igen>.", citizen="Din & vores."),
    ("da", "term.ombudsman.meaning"): text("m", "Folketingets."),
    ("en", "a.date"): text("a.date", "By {date}."),
}


def speaker(audience: Audience = Audience.CITIZEN, view: str = "da") -> Speaker:
    return Speaker(TEXTS, VIEWS[view], audience, "Luk <her>")


class Marks(HTMLParser):
    """The elements of a piece of markup: names, ids, and what popovers are opened by."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.targets += [value or "" for name, value in attrs if name == "popovertarget"]


def test_a_value_is_escaped() -> None:
    said = speaker()(Passage("a.value", {"authority": SCRIPT}))
    assert "<script" not in said
    assert "&lt;script&gt;" in said
    assert Marks(said).names == ["bdi"]


def test_a_card_sets_names_apart_and_explains_nothing() -> None:
    say = speaker()
    told = say.brief(Passage("a.value", {"authority": SCRIPT}))
    assert Marks(told).names == ["bdi"]
    assert say.brief(Passage("a.term")) == "Du kan få sagen genoptaget nu."


def test_the_bare_text_is_not_escaped_and_explains_nothing() -> None:
    say = speaker()
    assert say.plain(Passage("a.value", {"authority": SCRIPT})) == f"Sagen er hos {SCRIPT}."
    assert say.plain(Passage("a.term")) == "Du kan få sagen genoptaget nu."
    assert "popover" in say(Passage("a.term"))  # bare text does not use the explanation up


def test_what_looks_like_markup_in_a_text_is_text() -> None:
    said = speaker()(Passage("a.marks"))
    assert said == "Skriv &#34;1 &lt; 2&#34; &amp; send."


def test_a_term_opens_its_explanation() -> None:
    said = speaker()(Passage("a.term"))
    marks = Marks(said)
    assert marks.ids == ["term-reopening"]
    assert set(marks.targets) == {"term-reopening"}
    assert "Din &amp; vores." in said
    assert "Luk &lt;her&gt;" in said
    assert re.sub(r"<[^>]+>", "", said).startswith("Du kan få sagen genoptaget")


def test_an_explanation_speaks_to_the_reader_and_is_escaped() -> None:
    assert "Vi ser på den &lt;igen&gt;." in speaker(Audience.PARTY)(Passage("a.term"))


def test_a_term_is_explained_once_on_a_page() -> None:
    say = speaker()
    page = say(Passage("a.two")) + say(Passage("a.term")) + say(Passage("a.two"))
    marks = Marks(page)
    assert sorted(marks.ids) == ["term-ombudsman", "term-reopening"]
    assert say(Passage("a.term")) == "Du kan få sagen genoptaget nu."


def test_another_page_explains_it_again() -> None:
    assert speaker()(Passage("a.term")) == speaker()(Passage("a.term"))


def test_a_popover_stands_inside_a_paragraph() -> None:
    assert set(Marks(speaker()(Passage("a.two"))).names) <= {"button", "span", "strong"}


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (Audience.CITIZEN, "Du"),
        (Audience.REPRESENTATIVE, "Din klient"),
        (Audience.PARTY, "Parten"),
    ],
)
def test_each_reader_is_spoken_to(audience: Audience, said: str) -> None:
    assert speaker(audience)(Passage("a.you")) == said


@pytest.mark.parametrize(
    ("view", "value", "said"),
    [
        ("da", date(2026, 5, 12), "Senest tirsdag den 12. maj 2026."),
        ("en", date(2026, 5, 12), "By Tuesday 12 May 2026."),
        ("da", datetime(2026, 7, 14, 22, 30, tzinfo=UTC), "Senest 15. juli 2026 kl. 00.30."),
        ("da", 13, "Senest 13."),
    ],
)
def test_a_value_is_written_as_the_view_writes_it(view: str, value: object, said: str) -> None:
    assert speaker(view=view)(Passage("a.date", {"date": value})) == said
