"""What must be reached on the shared development data, measured as the command measures it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from portal.scrubbing.queries import scrubber
from portal.scrubbing.rules.reading import comments, sentences
from portal.scrubbing.rules.scoring import scores_of_comments, scores_of_sentences
from portal.scrubbing.words import LANGS
from tests.rooms.scrubbing.texts import shared

if TYPE_CHECKING:
    from portal.scrubbing.words import Score

AT_LEAST = {"cpr": 1.0, "email": 1.0, "phone": 0.99, "address": 0.92, "case_number": 0.97}
PERSONS = 0.95


@pytest.fixture(scope="module")
def of_comments() -> dict[str, Score]:
    (file,) = shared("comments/participation_dev.jsonl")
    return scores_of_comments(comments(file.read_text()), scrubber())


def of_words(name: str) -> Score:
    (file,) = shared(f"entities/{name}")
    marked = sentences(gzip.decompress(file.read_bytes()).decode())
    return scores_of_sentences(marked, scrubber())["all"]


@pytest.mark.parametrize(("kind", "share"), AT_LEAST.items())
def test_identifiers_in_comments(of_comments: dict[str, Score], kind: str, share: float) -> None:
    assert of_comments["all"].hidden[kind] >= share


def test_persons_in_comments_in_every_language(of_comments: dict[str, Score]) -> None:
    found = {lang: score.hidden["person"] for lang, score in of_comments.items()}
    assert set(found) - {"all"} <= set(LANGS)
    assert min(found.values()) >= PERSONS


def test_what_must_stay_in_comments_stays(of_comments: dict[str, Score]) -> None:
    assert of_comments["all"].must_stay > 0
    assert of_comments["all"].stayed == of_comments["all"].must_stay


def test_few_plain_words_of_comments_are_hidden(of_comments: dict[str, Score]) -> None:
    assert of_comments["all"].plain_hidden_per_1000 <= 8


def test_persons_in_sentences() -> None:
    score = of_words("da_ddt-ud-dev.iob2.gz")
    assert score.hidden["PER"] >= 0.975
    assert score.plain_hidden_per_1000 <= 8


def test_persons_in_tweets() -> None:
    assert of_words("da_twitter_dev.tsv.gz").hidden["PER"] >= 0.95


def test_persons_in_chat_without_capitals() -> None:
    assert of_words("da_arto_dev.tsv.gz").hidden["PER"] >= 0.75
