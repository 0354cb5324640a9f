"""Any string at all: never an error, never much work."""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.scrubbing.queries import scrubber
from portal.scrubbing.rules.folding import fold
from portal.scrubbing.rules.scrubber import scrubbed
from portal.scrubbing.words import KINDS, LANGS, Hidden

if TYPE_CHECKING:
    from types import FrameType

PIECES = st.sampled_from(
    [
        *(
            "711190-1234",
            "Freja",
            "Kornblomstvej 117",
            "a@b.dk",
            " at ",
            "@",
            ".",
            "-",
            " ",
            "\n",
            "\t",
        ),
        *("84206613", "§ 41", "\u200f", "\u202e", "\x00", "\ud800", "å", "a\u030a", "İ", "ß", "ﬁ"),
        *("👩\u200d🦽", "ابني يزن", "Крістіні", "H. C.", "3. maj", "kr.", "HANSEN", "𝟙𝟚", "é"),
    ]
)
ANY = st.one_of(
    st.text(st.characters(codec=None), max_size=200), st.lists(PIECES, max_size=40).map("".join)
)


@given(text=ANY, lang=st.sampled_from([*LANGS, "da-simple", "", "xx"]))
@settings(max_examples=400, deadline=None)
def test_no_text_raises_and_spans_are_in_order(text: str, lang: str) -> None:
    spans = scrubber().spans(text, lang)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert span.kind in KINDS
        end = span.end
    assert scrubber().spans(text, lang) == spans
    left = scrubbed(text, spans)
    assert len(left) <= len(text) + len(spans) * 16


@given(text=ANY)
@settings(max_examples=300, deadline=None)
def test_a_folded_text_remembers_where_it_was(text: str) -> None:
    folded = fold(text)
    for place, character in enumerate(folded.text):
        start, end = folded.origin(place, place + 1)
        assert 0 <= start < end <= len(text)
        if character.isascii() and character.isalpha():
            assert character == text[start]


def test_overlapping_spans_become_one() -> None:
    spans = [Hidden(2, 5, "more"), Hidden(0, 3, "person"), Hidden(6, 7, "cpr")]
    assert scrubbed("abcdefgh", spans) == "⟦person⟧f⟦cpr⟧h"
    assert scrubbed("abc", []) == "abc"


HARD = (
    *(
        "a",
        "A",
        "1",
        " ",
        "@",
        "a@",
        "a.",
        "1-",
        "1 ",
        "Aa ",
        "vej ",
        "Aavej ",
        "A. ",
        "§ 1 ",
        "-",
        "(",
    ),
    *(
        "dot ",
        "1/",
        "st ",
        "ab-",
        "a'",
        "konto: ",
        "sag ",
        "Svej 1, ",
        "é",
        "\u200f1",
        "ا",
        "ф",
        "😀",
    ),
    *(
        "Aa-",
        "12 34 ",
        "maj ",
        "Brdr. A",
        "x snabel-a ",
        "1234 Aa ",
        "U2015.",
        "aaaaaaaa ",
        "Aa & ",
    ),
)


def work(text: str) -> int:
    """Steps of the program (lines run) that a text costs."""
    steps: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> object:
        steps["lines"] += event == "line"
        return count

    scrubber().spans("a", "da")
    tracing = sys.gettrace()  # whoever measures coverage goes on afterwards
    sys.settrace(count)  # type: ignore[arg-type] # a tracer may return itself
    try:
        scrubber().spans(text, "da")
    finally:
        sys.settrace(tracing)
    return steps["lines"]


@pytest.mark.parametrize("piece", HARD)
def test_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    short, long = ((piece * size)[:size] for size in (200, 800))
    assert work(long) <= 6 * work(short) + 2_000


@pytest.mark.parametrize("piece", HARD[::6])  # of all, the work was counted
def test_a_hundred_thousand_characters_are_no_trouble(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    spans = scrubber().spans(text, "da")
    assert all(span.end <= len(text) for span in spans)


def test_no_pattern_repeats_without_a_bound_inside_a_repeat() -> None:
    """A star or a plus inside a repeated group is how a pattern comes to run for ever."""
    from portal.scrubbing.rules import (  # noqa: PLC0415 only this test looks at them
        addresses,
        contacts,
        dates,
        kept,
        numbers,
        orgs,
    )

    patterns = [
        value
        for module in (addresses, contacts, dates, kept, numbers, orgs)
        for value in vars(module).values()
        if isinstance(value, re.Pattern)
    ]
    assert len(patterns) > 20
    assert not [p.pattern for p in patterns if re.search(r"(?<!\\)[*+][)][*+{]", p.pattern)]
    assert not [
        p.pattern
        for p in patterns
        if re.search(r"[\])][*+](?![?]?/)", p.pattern) and p is not contacts.PUBLIC
    ]
