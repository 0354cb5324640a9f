"""The measure itself, on texts so small that it can be done by hand."""

from __future__ import annotations

import json

import pytest

from portal.scrubbing.queries import scrubber
from portal.scrubbing.rules.lexicon import Bloom, bloom
from portal.scrubbing.rules.reading import comments, laid_out, sentences
from portal.scrubbing.rules.scoring import scores_of_comments, scores_of_sentences
from portal.scrubbing.words import WrongFile

COMMENT = {
    "lang": "da",
    "text": "Freja er min datter. Freja har cpr 711190-1234 efter § 41.",
    "pii": [
        {"text": "Freja", "type": "person", "occurrence": 1},
        {"text": "711190-1234", "type": "cpr", "occurrence": 0},
        {"text": "min datter", "type": "indirect", "occurrence": 0},
    ],
    "must_stay": ["§ 41", "Freja"],
}


def test_characters_words_and_what_stays() -> None:
    found = scores_of_comments(comments(f"\n{json.dumps(COMMENT)}\n"), scrubber())
    assert list(found) == ["all", "da"]
    score = found["da"]
    assert score == found["all"]
    assert score.marked == {"cpr": 11, "indirect": 10, "person": 5}
    assert score.hidden == {"cpr": 1.0, "indirect": 0.0, "person": 1.0}
    # "Freja" at the start was not marked, so it counts as plain: one of the words
    # Freja, er, har, cpr, efter, §, 41.
    assert score.plain == 7
    assert score.plain_hidden_per_1000 == round(1000 / 7, 2)
    assert (score.must_stay, score.stayed) == (2, 1)


def test_an_empty_file_has_no_shares() -> None:
    assert scores_of_comments([], scrubber())["all"].plain_hidden_per_1000 == 0


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"text": 1}',
        json.dumps(COMMENT | {"text": "Ingen"}),
        json.dumps(COMMENT | {"pii": [{"text": "Freja", "type": "person", "occurrence": 2}]}),
    ],
)
def test_a_line_that_is_no_comment(line: str) -> None:
    with pytest.raises(WrongFile, match="line 2"):
        comments("\n" + line)


NUMBERED = "# text = Tak Freja .\n1\tTak\tO\tO#O\ts\n2\tFreja\tB-PER\tx\ts\n3\t.\tO\tO#O\ts\n"
COLUMNS = "\nTak\tO\tO\nFreja\tB-PER\tO\n.\tO\tO\n\n\n7\tO"


def test_entity_files_of_both_kinds() -> None:
    first = (("Tak", "O"), ("Freja", "B-PER"), (".", "O"))
    assert sentences(NUMBERED) == [first]
    assert sentences(COLUMNS) == [first, (("7", "O"),)]
    assert list(laid_out(first)) == [(0, 3, "O"), (4, 9, "B-PER"), (10, 11, "O")]


def test_words_of_entity_files() -> None:
    score = scores_of_sentences(sentences(NUMBERED), scrubber())["all"]
    assert (score.marked, score.hidden) == ({"PER": 1}, {"PER": 1.0})
    assert (score.plain, score.plain_hidden_per_1000) == (1, 0)


@pytest.mark.parametrize("line", ["Tak", "Tak\tX", "1\tTak\tX", "Tak O"])
def test_a_line_that_is_no_word_with_a_tag(line: str) -> None:
    with pytest.raises(WrongFile, match="line 1"):
        sentences(line)


def test_a_set_of_words_knows_its_members_and_few_strangers() -> None:
    members = {f"ord{number}" for number in range(2_000)}
    found = Bloom(bloom(members))
    assert all(word in found for word in members)
    strangers = [f"navn{number}" for number in range(2_000)]
    assert sum(word in found for word in strangers) < 60
    assert "x" not in Bloom(bloom([]))


def test_another_file_is_no_set_of_words() -> None:
    with pytest.raises(WrongFile, match="not a set"):
        Bloom(b"PNG")
