"""A recogniser made from descriptions and labels, kept as bytes, and read again."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from portal.recognition.rules import learning
from portal.recognition.rules.fitting import fitted
from portal.recognition.rules.grams import Grams
from portal.recognition.rules.recogniser import unpacked
from portal.recognition.words import (
    Described,
    Labelled,
    NotAModel,
    OtherEmbedder,
    Suggestion,
    TooFewThemes,
)
from tests.rooms.recognition.texts import DESCRIBED, Spelling, labelled

ASKED = ["ventetid længe", "venlig smilende", "brev sider"]
LANGS = ["da", "da", "da-simple"]
RIGHT = ["waiting", "tone", "letters"]


def best(found: list[tuple[Suggestion, ...]]) -> list[str]:
    return [row[0].theme for row in found]


def test_descriptions_alone_are_enough_to_begin_with() -> None:
    found = fitted(Spelling(), DESCRIBED, [])
    assert best(found.suggestions(["ventetid måneder", "venlig sød"], ["da", "da"])) == RIGHT[:2]
    assert found.automatic == {}


@pytest.mark.parametrize("embedder", [Spelling(), Grams()])
def test_labels_teach(embedder: Spelling | Grams) -> None:
    found = fitted(embedder, DESCRIBED, labelled(40))
    said = found.suggestions(ASKED, LANGS)
    assert best(said) == RIGHT
    assert all(row[0].confidence > 0.8 for row in said)
    assert [len(row) for row in said] == [3, 3, 3]
    assert found.suggestions([], []) == []


def test_the_machine_acts_alone_only_where_it_was_found_precise() -> None:
    sure = fitted(Spelling(), DESCRIBED, labelled(40))
    assert set(sure.automatic) == set(RIGHT)
    unsure = fitted(Spelling(), DESCRIBED, labelled(40, wrong=15))
    assert unsure.automatic == {}
    assert fitted(Spelling(), DESCRIBED, labelled(8)).automatic == {}


def test_what_comes_in_tells_how_often_themes_come() -> None:
    coming = [one for one in labelled(60) if one.themes != ("letters",)]
    even = fitted(Spelling(), DESCRIBED, labelled(10))
    told = fitted(Spelling(), DESCRIBED, labelled(10), coming)
    assert np.ptp(even.lines.begin) < np.ptp(told.lines.begin)
    assert told.themes[int(told.lines.begin.argmin())] == "letters"


def test_the_same_input_gives_the_same_bytes_and_these_the_same_suggestions() -> None:
    made = [fitted(Spelling(), DESCRIBED, labelled(20)).dump() for _ in range(2)]
    assert made[0] == made[1]
    found = unpacked(made[0], Spelling())
    assert best(found.suggestions(ASKED, LANGS)) == RIGHT
    assert found.dump() == made[0]


def test_no_word_of_a_text_is_kept() -> None:
    assert b"ventetid" not in fitted(Spelling(), DESCRIBED, labelled(20)).dump()


def test_a_model_of_another_embedder_is_refused() -> None:
    made = fitted(Spelling(), DESCRIBED, []).dump()
    with pytest.raises(OtherEmbedder, match="made with spelling-1, and grams-1 is at hand"):
        unpacked(made, Grams())


def test_other_bytes_are_no_model() -> None:
    made = fitted(Spelling(), DESCRIBED, []).dump()
    later = msgspec.msgpack.encode({**msgspec.msgpack.decode(made), "version": 2})
    torn = msgspec.msgpack.encode({**msgspec.msgpack.decode(made), "weights": b"abc"})
    for data in (b"", b"model", later, torn):
        with pytest.raises(NotAModel):
            unpacked(data, Spelling())


@pytest.mark.parametrize("described", [(), (Described("a", ("x",)),), (Described("a", ()),) * 2])
def test_there_must_be_something_to_choose_from(described: tuple[Described, ...]) -> None:
    with pytest.raises(TooFewThemes):
        fitted(Spelling(), described, [])


def test_two_themes_have_lines_too() -> None:
    ones = [one for one in labelled(30) if one.themes != ("letters",)]
    found = fitted(Spelling(), [], ones)
    assert best(found.suggestions(ASKED[:2], LANGS[:2])) == RIGHT[:2]


def test_texts_without_a_theme_lower_confidence() -> None:
    none = [Labelled(f"vejret nr{number}", "da", ()) for number in range(60)]
    with_none = fitted(Spelling(), DESCRIBED, [*labelled(10), *none])
    without = fitted(Spelling(), DESCRIBED, labelled(10))
    sums = [
        sum(one.confidence for one in found.suggestions(["vejret idag"], ["da"])[0])
        for found in (with_none, without)
    ]
    assert sums[0] < sums[1]


def test_one_text_told_again_and_again_teaches_without_fault() -> None:
    again = [Labelled("ventetid", "da", ("waiting",))] * 12
    again += [Labelled("venlig", "da", ("tone",))] * 12
    assert len(fitted(Spelling(), [], again).suggestions(["ventetid"], ["da"])[0]) == 2


def test_many_rows_are_learned_from_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    ones = labelled(15)
    few = fitted(Spelling(), DESCRIBED, ones)
    monkeypatch.setattr(learning, "FEW", 10)
    many = fitted(Spelling(), DESCRIBED, ones)
    said = [
        [one.confidence for one in found.suggestions(["brev sider"], ["da"])[0]]
        for found in (few, many)
    ]
    assert np.allclose(said[0], said[1], atol=0.02)
