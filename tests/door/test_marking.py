"""What is hidden in a text beyond what was found, and how it is shown."""

from __future__ import annotations

import pytest

from portal.door.looking import LookedOver
from portal.door.marking import MOST_WISHES, merged, not_found, pieces, wished, wishes
from portal.questionnaire.queries import questionnaires
from portal.questionnaire.words import NothingAnswered
from portal.scrubbing.words import Hidden


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ()),
        (" \n ,; \n", ()),
        ("smed\n  Læsø  ", ("smed", "Læsø")),
        ("smed, Læsø; eneste   smed", ("smed", "Læsø", "eneste smed")),
        ("smed\nsmed", ("smed",)),
    ],
)
def test_words_stand_on_lines_or_between_commas(typed: str, words: tuple[str, ...]) -> None:
    assert wishes(typed) == words


def test_no_more_words_than_anybody_needs() -> None:
    assert len(wishes("\n".join(map(str, range(500))))) == MOST_WISHES


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Den eneste smed. Smeden. SMED!", "smed", ["smed", "SMED"]),
        ("den  eneste\nsmed", "eneste smed", ["eneste\nsmed"]),
        ("a+b c", "a+b", ["a+b"]),
        ("aab", "a+b", []),
        ("hej 😀 der", "😀", ["😀"]),
        ("Læsø", "læsø", ["Læsø"]),
        ("", "smed", []),
    ],
)
def test_a_word_is_found_as_a_word(text: str, word: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in wished(text, [word])] == found


def test_a_word_that_stands_nowhere_is_told() -> None:
    assert not_found(["smed", "bager"], ["Den smed", "Den anden"]) == ["bager"]
    assert not_found(["smed"], []) == ["smed"]


def test_what_overlaps_is_hidden_once() -> None:
    spans = [Hidden(5, 9, "more"), Hidden(0, 6, "person"), Hidden(12, 12, "date"),
             Hidden(9, 11, "more"), Hidden(20, 22, "date"), Hidden(20, 22, "more")]  # fmt: skip
    assert merged(spans) == ((0, 9, "person"), (9, 11, "more"), (20, 22, "date"))
    assert merged(reversed(spans)) == merged(spans)
    assert merged([]) == ()


def test_a_text_is_shown_whole_and_in_its_order() -> None:
    text = "Peter bor på Læsø."
    shown = list(pieces(text, [Hidden(0, 5, "person"), Hidden(13, 17, "place")]))
    assert "".join(piece.text for piece in shown) == text
    assert [piece.kind for piece in shown] == ["person", None, "place", None]
    assert [piece.text for piece in pieces(text, [Hidden(0, len(text), "more")])] == [text]


def test_where_nothing_was_answered_there_is_nothing_to_hide_or_send() -> None:
    nothing = LookedOver(None, {}, ())
    assert not nothing.may_be_sent
    assert list(nothing.pieces(next(questionnaires()[0].questions()))) == []
    with pytest.raises(NothingAnswered):
        nothing.scrubbed()
