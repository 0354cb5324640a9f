"""The measures of the other languages, beside counts made by hand."""

from __future__ import annotations

import pytest

from tests.rooms.readability.languages import (
    SCALES,
    amstad,
    atesman,
    flesch,
    fog_pl,
    sentence_length,
    syllables,
)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("cat", "en", 1), ("made", "en", 1), ("table", "en", 2), ("decision", "en", 3),
        ("moved", "en", 1), ("decided", "en", 3),
        ("Klage", "de", 2), ("Beschwerde", "de", 3), ("Häuser", "de", 2),
        ("dosya", "tr", 2), ("karar", "tr", 2), ("şikâyetiniz", "tr", 5),
        ("sprawa", "pl", 2), ("decyzja", "pl", 3), ("siedem", "pl", 2), ("nie", "pl", 1),
        ("12", "en", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_vowels(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count


def test_each_measure_is_as_its_author_wrote_it() -> None:
    assert flesch("The cat sat. The dog ran.") == pytest.approx(206.835 - 3.045 - 84.6)
    assert amstad("Der Hund lief weg.") == pytest.approx(180 - 4 - 58.5)
    assert atesman("Dosya geldi.") == pytest.approx(198.825 - 40.175 * 2 - 2.610 * 2)
    assert fog_pl("Sprawa jest odnotowywana u nas.") == pytest.approx(0.4 * (5 + 20))


def test_sentences_end_in_arabic_too() -> None:
    assert sentence_length("وصلت قضيتك إلينا. هل لديك سؤال؟ اتصل بنا.") == 8 / 3


def test_what_is_hard_does_not_hold() -> None:
    assert SCALES["en"].holds("The cat sat.")
    hard = "Notwithstanding jurisdictional considerations, administrative adjudication continues."
    assert not SCALES["en"].holds(hard)
    assert not SCALES["uk"].holds("слово " * 13 + ".")
