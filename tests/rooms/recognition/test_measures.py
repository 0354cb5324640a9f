"""Files that are measured by, and the measures themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from portal.recognition.rules import reading
from portal.recognition.rules.calibrating import automatic, heat_of, importance, least, scale_of
from portal.recognition.rules.evaluating import OTHERS, Remembering, evaluated
from portal.recognition.rules.reading import Case
from portal.recognition.rules.scoring import (
    accuracy,
    calibration_error,
    error_by_chance,
    f1_of_themes,
    macro_f1,
)
from portal.recognition.rules.trying import Plan, splits
from portal.recognition.words import Labelled, WrongFile
from tests.rooms.recognition.texts import DESCRIBED, Spelling, labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.recognition.words import Vectors

SURE = np.array([[0.8, 0.2, 0.1], [0.3, 0.6, 0.2], [0.5, 0.4, 0.3], [0.1, 0.2, 0.9]])
TRUE = np.array([[1, 1, 0], [0, 1, 0], [0, 1, 0], [1, 0, 0]], bool)


def cases(each: int, langs: tuple[str, ...] = ("da",)) -> list[Case]:
    return [Case(one, one.text) for lang in langs for one in labelled(each, lang)]


# --- Files.


def test_comments_are_read() -> None:
    line = '{"text": "Ja  tak", "lang": "da", "themes": ["a", "b"], "id": 1}\n\n'
    assert reading.comments(line) == [Case(Labelled("Ja  tak", "da", ("a", "b")), "ja tak")]


@pytest.mark.parametrize("line", [
    "{", "[]", '{"text": "x", "lang": "da"}', '{"text": 1, "lang": "da", "themes": []}',
    '{"text": "x", "lang": "da", "themes": [1]}', '{"text": "x", "lang": "xx", "themes": ["a"]}',
    '{"text": "x", "lang": 3, "themes": ["a"]}', '{"text": "x", "lang": "da", "themes": null}',
])  # fmt: skip
def test_other_lines_are_named(line: str) -> None:
    with pytest.raises(WrongFile, match="line 1"):
        reading.comments(line)


def test_a_table_is_read() -> None:
    told = 'label,subcategory,feedback\na,b,"One, two"\n'
    assert reading.table(told, "en") == [Case(Labelled("One, two", "en", ("a",)), "one, two")]
    assert reading.table(told, "en", "subcategory")[0].labelled.themes == ("b",)


def test_sentences_are_read() -> None:
    told = 'index_id\tcategory\ttext\n7\tsport\tDe "løb\n'
    found = reading.sentences(told, "dan_Latn.dev.tsv.gz")
    assert found == [Case(Labelled('De "løb', "da", ("sport",)), "7")]


@pytest.mark.parametrize(("told", "said"), [
    ("", "column missing: feedback, label"),
    ("label,text\na,b\n", "column missing: feedback"),
    ("label,feedback\na\n", "line 2: too few columns"),
    (f"label,feedback\na,{'x' * 1_000_001}\n", "not a table"),
])  # fmt: skip
def test_another_table_is_named(told: str, said: str) -> None:
    with pytest.raises(WrongFile, match=said):
        reading.table(told, "en")


def test_a_language_that_is_not_known() -> None:
    with pytest.raises(WrongFile, match="begins with no language"):
        reading.sentences("", "xyz.tsv")


def test_there_must_be_themes() -> None:
    with pytest.raises(WrongFile, match="no texts with themes"):
        reading.usable([Case(Labelled("x", "da", ()), "x"), Case(Labelled(" ", "da", ("a",)), "")])
    with pytest.raises(WrongFile, match="no two themes"):
        reading.usable(cases(1)[:1])
    assert reading.usable(cases(1)) == cases(1)


# --- Scores.


def test_scores_of_few_texts() -> None:
    assert accuracy(SURE, TRUE) == 0.5
    # First answers: a, b, a, c. Of a one of two is right and one of two found, of b one of three.
    assert f1_of_themes(SURE, TRUE, 1)[:2].tolist() == [0.5, 0.5]
    assert np.isnan(f1_of_themes(SURE, TRUE, 1)[2])
    assert macro_f1(SURE, TRUE, 1) == 0.5
    # Two answers: a in three, b in all.
    assert f1_of_themes(SURE, TRUE, 2)[:2].tolist() == pytest.approx([2 / 5, 6 / 7])


def test_calibration_is_told_in_ten_bins() -> None:
    right = np.array([True, True, True, False])
    assert calibration_error(np.full(4, 0.75), right) == 0
    assert calibration_error(np.array([0.75, 0.75, 0.25, 1.0]), right) == pytest.approx(
        (0.5 + 0.75 + 1) / 4
    )
    assert calibration_error(np.zeros(0), np.zeros(0, bool)) == 0
    assert error_by_chance(np.full(10_000, 0.5)) < 0.02 < error_by_chance(np.full(20, 0.5))


# --- Confidence.


def test_twenty_five_right_are_enough_and_three_are_not() -> None:
    assert least(25, 25) >= 0.9 > least(24, 24)
    assert least(45, 46) >= 0.9 > least(43, 45)
    assert least(3, 3) < 0.6
    assert least(0, 0) == 0


def test_a_theme_is_assigned_from_where_it_was_precise() -> None:
    sure = np.linspace(0.99, 0.5, 50)[:, None]
    right = np.ones((50, 1), bool)
    right[30:] = False
    found = automatic(sure, right, np.ones(50), ["a"])
    assert 0.68 < found["a"] < 0.72
    assert automatic(sure[:3], right[:3], np.ones(3), ["a"]) == {}
    # Texts that stand for many others are no more than they are.
    uneven = np.r_[np.full(5, 100.0), np.ones(45)]
    assert automatic(sure, right, uneven, ["a"]) == {}


def test_equal_confidence_stands_or_falls_together() -> None:
    right = np.r_[np.ones(30, bool), np.zeros(30, bool)][:, None]
    assert automatic(np.full((60, 1), 0.9), right, np.ones(60), ["a"]) == {}


def test_scores_become_steep_where_they_are_right() -> None:
    true = np.eye(3, dtype=bool)[np.arange(90) % 3]
    right = np.where(true, 1.0, 0.0)
    wrong = np.roll(right, 1, axis=1)
    assert heat_of(right, true) > 20
    assert heat_of(np.r_[right[:60], wrong[60:]], true) < 2


def test_a_scale_finds_what_is_true() -> None:
    random = np.random.default_rng(3)
    shares = random.uniform(0.05, 0.95, (4000, 1))
    true = random.random((4000, 1)) < shares / 2
    found = scale_of(shares, true, np.ones(4000)).probability(shares)
    assert calibration_error(found.ravel(), true.ravel()) < 0.04


def test_what_a_labelled_text_stands_for() -> None:
    true = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [0, 0]], bool)
    weights = importance(true, np.array([0.8, 0.2]))
    assert weights.tolist() == pytest.approx([1.6, 1.6, 0.4, 0.4, 1])


# --- Trying.


def test_what_is_alike_is_never_on_both_sides() -> None:
    ones = [Case(one, str(place % 30)) for place, one in enumerate(labelled(40))]
    judged = []
    for taught, uncoded, out in splits(ones, Plan(3, 1, 6), 0):
        sides = {ones[place].like for place in (*taught, *uncoded)}
        assert sides.isdisjoint({ones[place].like for place in out})
        assert len(taught) <= 9
        assert set(taught).isdisjoint(uncoded)
        judged.extend(out.tolist())
    assert sorted(judged) == list(range(120))


def test_all_figures() -> None:
    ones = cases(30, ("da", "en"))
    found = evaluated(Spelling(), DESCRIBED, ones, Plan(20, 2, 6, "da"))
    assert found.k == 1
    assert list(found.languages) == ["da", "en", OTHERS]
    assert found.languages[OTHERS].texts == 90
    assert found.whole.macro_f1.low > 0.9
    assert found.alone.precision is None or found.alone.precision > 0.9
    assert found.groups.language_nmi < 0.05
    again = evaluated(Spelling(), DESCRIBED, ones, Plan(20, 2, 6, "da"))
    assert again == found


def test_with_several_themes_the_best_number_of_answers_is_taken() -> None:
    ones = [Case(Labelled(one.text, "da", (*one.themes, "more")), one.text) for one in labelled(30)]
    assert evaluated(Spelling(), (), ones, Plan(20, 1, 6)).k == 2
    assert list(evaluated(Spelling(), (), ones, Plan(20, 1, 6), 3).by_k) == [3]


def test_texts_are_embedded_once() -> None:
    asked: list[int] = []

    class Counting(Spelling):
        def vectors(self, texts: Sequence[str]) -> Vectors:
            asked.append(len(texts))
            return super().vectors(texts)

    found = Remembering(Counting())
    assert found.vectors(["a", "b", "a"]).shape == (3, 64)
    assert found.vectors(["b"]).shape == (1, 64)
    assert found.vectors([]).shape == (0, 64)
    assert asked == [2, 0, 0, 0]
