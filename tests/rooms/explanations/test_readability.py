"""The texts as citizens meet them: whole pages, in every situation, to each reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.explanations.queries import texts
from portal.explanations.rules import for_audience, pieces
from portal.explanations.words import CODES, Audience, Term
from portal.i18n import VIEWS, long_date
from portal.pages.prose import Speaker
from portal.readability.rules import lix, longest_sentence, measure
from tests.rooms.explanations.pages import LATE, ON_TIME, SITUATIONS, paragraphs
from tests.rooms.telling.readers import ACTING, COMPLAINANT, PARTY

if TYPE_CHECKING:
    from portal.telling.words import Reader

TEXTS = texts(Path(__file__).parents[3] / "translations", VIEWS)
READERS = {"citizen": COMPLAINANT, "party": PARTY, "representative": ACTING}
HIGHEST = {"da": 34.0, "da-simple": 24.0}
LONGEST = 20  # words in a sentence
VALUE = {"authority": "Rugballe Kommune", "office": "Kontor for arbejde", "name": "Karen Eksempel",
         "number": "26-10417", "weeks": "13",
         "from_week": "12", "to_week": "19", "week": "14", "tenths": "4",
         "count": "312"}  # fmt: skip
A_DAY = date(2026, 5, 12)


def page_text(situation: str, reader: Reader, view: str, today: date) -> str:
    audience = Audience(next(key for key, value in READERS.items() if value is reader))
    say = Speaker(TEXTS, VIEWS[view], audience, "Luk")
    return "\n\n".join(paragraphs(SITUATIONS[situation], today, reader, say))


def test_the_situations_are_many() -> None:
    assert len(SITUATIONS) >= 90


@pytest.mark.parametrize("today", [ON_TIME, LATE], ids=["on time", "late"])
@pytest.mark.parametrize("audience", READERS)
@pytest.mark.parametrize("view", HIGHEST)
def test_every_page_is_easy_to_read(view: str, audience: str, today: date) -> None:
    hard = {}
    for situation in SITUATIONS:
        score = lix(page_text(situation, READERS[audience], view, today))
        if score > HIGHEST[view]:
            hard[situation] = round(score, 1)
    assert not hard


def said(view: str, code: str, audience: Audience) -> str:
    """One text with ordinary values in its places."""
    parts = (
        part if isinstance(part, str) else part.shown if isinstance(part, Term)
        else VALUE.get(part.name) or long_date(A_DAY, VIEWS[view])
        for part in pieces(for_audience(TEXTS[view, code], audience))
    )  # fmt: skip
    return "".join(parts)


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("view", VIEWS)
def test_no_sentence_is_longer_than_twenty_words(view: str, audience: Audience) -> None:
    texts_said = {code: said(view, code, audience) for code in CODES}
    assert not {code: text for code, text in texts_said.items() if longest_sentence(text) > LONGEST}


@pytest.mark.parametrize("view", HIGHEST)
def test_the_explanations_of_terms_are_easy_as_a_whole(view: str) -> None:
    meanings = [
        said(view, code, Audience.CITIZEN) for code in CODES
        if code.startswith("term.") and code.endswith(".meaning")
    ]  # fmt: skip
    assert len(meanings) >= 60
    assert lix("\n\n".join(meanings)) <= HIGHEST[view]


def test_what_is_measured_is_what_is_read() -> None:
    text = page_text("queued", COMPLAINANT, "da", ON_TIME)
    assert "{" not in text
    assert "[[" not in text
    assert measure(text).sentences >= 8
