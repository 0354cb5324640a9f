"""The measure against texts counted by hand, and against what must hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.readability.rules import lix, longest_sentence, measure, sentences, words
from tests.rooms.readability.hand_counted import ALL

LEXICON = ("vi", "sagen", "kommunen", "brev", "2027", "1.297,50", "e-mail", "afgørelse", "ø")
plain_sentences = st.builds(
    lambda first, rest, end: " ".join([first.capitalize(), *rest]) + end,
    st.sampled_from(("vi", "sagen", "kommunen")),
    st.lists(st.sampled_from(LEXICON), max_size=6).map(lambda found: [*found, "nu"]),
    st.sampled_from((".", "!", "?", ".«", ".)")),
)
plain_texts = st.lists(plain_sentences, min_size=1, max_size=6)


@pytest.mark.parametrize(("text", "sentence_count", "word_count", "long_words", "score"), ALL)
def test_agrees_with_the_count_by_hand(
    text: str, sentence_count: int, word_count: int, long_words: int, score: float
) -> None:
    found = measure(text)
    assert (found.sentences, found.words, found.long_words) == (
        sentence_count,
        word_count,
        long_words,
    ), sentences(text)
    assert lix(text) == pytest.approx(score, abs=0.005)


def test_enough_texts_are_counted_by_hand() -> None:
    assert len({text for text, *_ in ALL}) >= 60


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("", 0),
        ("Nej.", 1),
        ("Vi venter. Du skal ikke gøre noget. Nej!", 5),
        ("Du kan f.eks. ringe. Nej.", 5),
    ],
)
def test_the_longest_sentence_is_counted_in_words(text: str, longest: int) -> None:
    assert longest_sentence(text) == longest


def test_sentences_are_given_with_abbreviations_read_out() -> None:
    assert sentences("Tag pas mv. Se f.eks. § 3, stk. 2.") == [
        "Tag pas med videre.",
        "Se for eksempel paragraf 3, stykke 2.",
    ]


def test_an_abbreviation_keeps_its_capital() -> None:
    assert sentences("Jf. § 3. Bl.a. det.") == ["Jævnfør paragraf 3.", "Blandt andet det."]


def test_words_come_without_the_punctuation_around_them() -> None:
    assert words("»Kom (nu), e-mail!« kl. 9.30.") == ["Kom", "nu", "e-mail", "klokken", "9.30"]


@given(st.text())
def test_no_text_breaks_the_measure(text: str) -> None:
    found = measure(text)
    assert 0 <= found.long_words <= found.words
    assert found.sentences <= found.words
    assert found.longest_sentence <= found.words
    assert 0 <= found.lix <= found.words + 100


@given(st.text())
def test_every_word_begins_and_ends_with_a_letter_or_digit(text: str) -> None:
    assert all(word[0].isalnum() and word[-1].isalnum() for word in words(text))


@given(st.text(), st.text())
def test_blocks_add_up(one: str, other: str) -> None:
    both, first, second = measure(f"{one}\n\n{other}"), measure(one), measure(other)
    assert both.sentences == first.sentences + second.sentences
    assert both.words == first.words + second.words
    assert both.long_words == first.long_words + second.long_words
    assert both.longest_sentence == max(first.longest_sentence, second.longest_sentence)


@given(plain_texts)
def test_sentences_in_a_row_add_up(parts: list[str]) -> None:
    text = " ".join(parts)
    assert sentences(text) == parts
    assert measure(text).words == sum(len(part.split()) for part in parts)


@given(plain_texts)
def test_saying_it_twice_makes_it_no_harder(parts: list[str]) -> None:
    text = " ".join(parts)
    assert lix(f"{text} {text}") == pytest.approx(lix(text))


@given(plain_texts)
def test_line_breaks_change_nothing(parts: list[str]) -> None:
    text = " ".join(parts)
    assert measure(text.replace(" ", "\n")) == measure(text)
