from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.feedback.rules import (
    fingerprint,
    is_key,
    numbers_in,
    pieces_of,
    without,
    words_of,
)
from portal.feedback.words import Choice, NothingToHide

SAID = "Hej ⟦person⟧, jeg bor på Læsø. Min søn Bo og Bodil hjalp mig."


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        (Choice(("Bo",)), "Hej ⟦person⟧, jeg bor på Læsø. Min søn ⟦more⟧ og Bodil hjalp mig."),
        (Choice(("læsø",)), "Hej ⟦person⟧, jeg bor på ⟦more⟧. Min søn Bo og Bodil hjalp mig."),
        (Choice(("på  Læsø.",)), "Hej ⟦person⟧, jeg bor ⟦more⟧ Min søn Bo og Bodil hjalp mig."),
        (
            Choice(("Bo", "og", "BODIL")),
            "Hej ⟦person⟧, jeg bor på Læsø. Min søn ⟦more⟧ hjalp mig.",
        ),
        (Choice((), ("6",)), "Hej ⟦person⟧, jeg bor på ⟦more⟧. Min søn Bo og Bodil hjalp mig."),
        (
            Choice((), ("7-9", "11")),
            "Hej ⟦person⟧, jeg bor på Læsø. ⟦more⟧ og ⟦more⟧ hjalp mig.",
        ),
        (Choice((), ("1-2",)), "⟦more⟧ ⟦person⟧, jeg bor på Læsø. Min søn Bo og Bodil hjalp mig."),
        (
            Choice(("Hej",), ("13",)),
            "⟦more⟧ ⟦person⟧, jeg bor på Læsø. Min søn Bo og Bodil hjalp ⟦more⟧.",
        ),
    ],
)
def test_what_is_chosen_is_hidden(choice: Choice, left: str) -> None:
    assert without(SAID, choice) == left


@pytest.mark.parametrize(
    ("choice", "missing"),
    [
        (Choice(), ()),
        (Choice(("Jens",)), ("Jens",)),
        (Choice(("Bod",)), ("Bod",)),
        (Choice(("person",)), ("person",)),
        (Choice(("⟦person⟧",)), ("⟦person⟧",)),
        (Choice(("Hej ⟦person⟧",)), ("Hej ⟦person⟧",)),
        (Choice(("Bo", "Jens"), ("2", "0", "99", "5-4", "x", "1-2-3")),
         ("Jens", "2", "0", "99", "5-4", "x", "1-2-3")),
        (Choice(("a\x00b", "x" * 100_000)), ("a\x00b", "x" * 100_000)),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(choice: Choice, missing: tuple[str, ...]) -> None:
    with pytest.raises(NothingToHide) as told:
        without(SAID, choice)
    assert told.value.missing == missing


def test_a_phrase_may_go_over_lines_and_be_of_any_script() -> None:
    assert without("den eneste\nblinde", Choice(("den eneste blinde",))) == "⟦more⟧"
    assert without("أنا محمد من آرهوس", Choice(("محمد",))) == "أنا ⟦more⟧ من آرهوس"
    assert without("🙂 🙂", Choice(("🙂",))) == "⟦more⟧"
    assert without("🙂!", Choice((), ("1",))) == "⟦more⟧"


def test_words_are_counted_as_they_are_numbered() -> None:
    assert [word.text for word in words_of("Hej ⟦person⟧, du ⟦x")] == [
        "Hej", "⟦person⟧,", "du", "⟦", "x",
    ]  # fmt: skip
    assert [word.hidden for word in words_of("Hej ⟦person⟧")] == [None, "person"]


def test_numbers_are_read_as_people_write_them() -> None:
    assert numbers_in(" 5, 7 - 9;11 – 12\n14 ") == ("5", "7-9", "11-12", "14")
    assert numbers_in(" ") == ()


@pytest.mark.parametrize("told", ["", "x", "0" * 31, "0" * 33, "A" * 32, "0" * 31 + "\n", "\x00"])
def test_what_is_no_key(told: str) -> None:
    assert not is_key(told)
    assert is_key("0f" * 16)


@given(st.text(alphabet=st.sampled_from("ab ⟦⟧_æ.\n\u202e🙂"), max_size=40))
def test_a_text_is_the_sum_of_its_pieces(said: str) -> None:
    assert "".join(piece for piece, _ in pieces_of(said)) == said
    words = words_of(said)
    assert "".join(word.text for word in words) == "".join(said.split())
    assert len(fingerprint(said)) == 64


@given(st.text(max_size=60), st.text(max_size=12), st.integers(0, 12))
def test_any_choice_hides_or_says_why_not(said: str, phrase: str, number: int) -> None:
    try:
        left = without(said, Choice((phrase,), (str(number),)))
    except NothingToHide:
        return
    assert "⟦more⟧" in left
